import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { ConnectParams } from "../../schemas/handshake.ts";
import { POLICY } from "../../schemas/policy.ts";
import type { Challenge } from "./admission.ts";
import type { DeviceProofProblem } from "./refusals.ts";

export type DeviceParams = NonNullable<ConnectParams["device"]>;

const RAW_KEY_BYTES = 32;
/** What stands before the 32 raw bytes in a DER public key of this algorithm (RFC 8410). */
const DER_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

/** A device that proved that it holds the key it names. */
export interface ProvenDevice {
  readonly deviceId: string;
  /** base64url of the raw key, whatever the peer sent it as. */
  readonly publicKey: string;
}

export type DeviceProof =
  | { readonly ok: true; readonly device: ProvenDevice }
  | { readonly ok: false; readonly problem: DeviceProofProblem };

/** Checks a signed handshake, in the reference's order: identity, age, nonce, signature. */
export function proveDevice(params: ConnectParams, challenge: Challenge, now: number): DeviceProof {
  const { device } = params;
  const raw = device === undefined ? undefined : rawPublicKey(device.publicKey);
  if (device === undefined || raw === undefined || deviceIdOf(raw) !== device.id) {
    return { ok: false, problem: "device-id-mismatch" };
  }
  if (Math.abs(now - device.signedAt) > POLICY.deviceSignatureAgeMaxMs) {
    return { ok: false, problem: "device-signature-stale" };
  }
  const nonce = device.nonce.trim();
  if (nonce === "") return { ok: false, problem: "device-nonce-missing" };
  if (nonce !== challenge.nonce) return { ok: false, problem: "device-nonce-mismatch" };
  if (!isSigned(params, device, nonce, raw)) return { ok: false, problem: "device-signature" };
  return { ok: true, device: { deviceId: device.id, publicKey: raw.toString("base64url") } };
}

function isSigned(params: ConnectParams, device: DeviceParams, nonce: string, raw: Buffer): boolean {
  const signature = Buffer.from(device.signature, "base64");
  const key = publicKeyOf(raw);
  return signedTexts(params, device, nonce).some((text) => verify(null, Buffer.from(text), key, signature));
}

/** The texts a device may have signed. The newest binds the platform as well; both bind the challenge. */
function signedTexts(params: ConnectParams, device: DeviceParams, nonce: string): readonly string[] {
  const { client, auth } = params;
  const secret = auth?.token ?? auth?.deviceToken ?? auth?.bootstrapToken ?? "";
  const common = [
    device.id,
    client.id,
    client.mode,
    params.role ?? "operator",
    (params.scopes ?? []).join(","),
    String(device.signedAt),
    secret,
    nonce,
  ];
  const machine = [client.platform, client.deviceFamily ?? ""].map((text) => text.trim().toLowerCase());
  return [["v3", ...common, ...machine].join("|"), ["v2", ...common].join("|")];
}

export function deviceIdOf(rawKey: Buffer): string {
  return createHash("sha256").update(rawKey).digest("hex");
}

function publicKeyOf(raw: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([DER_PREFIX, raw]), format: "der", type: "spki" });
}

/** The 32 bytes of a key that was sent as PEM, or raw in either base64. */
export function rawPublicKey(text: string): Buffer | undefined {
  if (!text.includes("BEGIN")) {
    const raw = Buffer.from(text, "base64");
    return raw.length === RAW_KEY_BYTES ? raw : undefined;
  }
  try {
    const key = createPublicKey(text);
    if (key.asymmetricKeyType !== "ed25519") return undefined;
    return key.export({ type: "spki", format: "der" }).subarray(DER_PREFIX.length);
  } catch {
    return undefined;
  }
}
