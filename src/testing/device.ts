import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { ConnectParams } from "../../schemas/handshake.ts";

/** What a test changes about the proof that a device brings. */
export interface ProofOptions {
  readonly version?: "v1" | "v2" | "v3";
  readonly signedAt?: number;
  /** Signed over instead of what is sent. */
  readonly signedScopes?: readonly string[];
  readonly signedNonce?: string;
  readonly sent?: Partial<NonNullable<ConnectParams["device"]>>;
}

/** A device with a key of its own, for tests. */
export class TestDevice {
  readonly publicKey: string;
  readonly id: string;
  readonly pem: string;
  readonly #key: KeyObject;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const raw = publicKey.export({ type: "spki", format: "der" }).subarray(12);
    this.publicKey = raw.toString("base64url");
    this.id = createHash("sha256").update(raw).digest("hex");
    this.pem = publicKey.export({ type: "spki", format: "pem" }) as string;
    this.#key = privateKey;
  }

  /** The params with the proof that this device made them. */
  prove(
    params: ConnectParams,
    challenge: { nonce: string; issuedAt: number },
    options: ProofOptions = {},
  ): ConnectParams {
    const { version = "v3", signedAt = challenge.issuedAt, sent } = options;
    const { client, auth } = params;
    const parts = [
      version,
      this.id,
      client.id,
      client.mode,
      params.role ?? "operator",
      (options.signedScopes ?? params.scopes ?? []).join(","),
      String(signedAt),
      auth?.token ?? auth?.deviceToken ?? auth?.bootstrapToken ?? "",
      ...(version === "v1" ? [] : [options.signedNonce ?? challenge.nonce]),
      ...(version === "v3" ? [client.platform, (client.deviceFamily ?? "").toLowerCase()] : []),
    ];
    const signature = sign(null, Buffer.from(parts.join("|")), this.#key).toString("base64url");
    const device = { id: this.id, publicKey: this.publicKey, signature, signedAt, nonce: challenge.nonce };
    return { ...params, device: { ...device, ...sent } };
  }
}
