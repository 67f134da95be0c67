import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import type { z } from "zod";
import type { Device } from "../scenario/step-schema.ts";

/** PKCS #8 wrapping of a raw Ed25519 seed (RFC 8410): the 32 key bytes follow these. */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const RAW_KEY_BYTES = 32;
const HOUR_MS = 3_600_000;

interface Identity {
  readonly id: string;
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/** The device of a seed: the same word gives the same key pair, here and in every later run. */
export function identityOf(seed: string): Identity {
  const raw = createHash("sha256").update(`referee-device:${seed}`).digest();
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, raw]),
    format: "der",
    type: "pkcs8",
  });
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  const publicBytes = spki.subarray(spki.length - RAW_KEY_BYTES);
  return {
    id: createHash("sha256").update(publicBytes).digest("hex"),
    publicKey: publicBytes.toString("base64url"),
    privateKey,
  };
}

export interface SignedContext {
  readonly clientId: string;
  readonly clientMode: string;
  readonly role: string;
  readonly scopes: readonly string[];
  /** Whatever secret is sent: shared token, password-less "" or device token. */
  readonly token: string;
  readonly nonce: string;
  readonly challengeMs: number;
  readonly platform: string;
}

type DeviceOptions = z.infer<typeof Device>;

function payloadOf(options: DeviceOptions, id: string, context: SignedContext, signedAt: number): string {
  const { fault } = options;
  const parts = [
    options.payloadVersion,
    id,
    context.clientId,
    context.clientMode,
    fault === "signed-other-role" ? "node" : context.role,
    (fault === "signed-other-scopes" ? ["operator.other"] : context.scopes).join(","),
    String(signedAt),
    fault === "signed-other-token" ? "another-token" : context.token,
    nonceOf(options, context.nonce) ?? "",
  ];
  if (options.payloadVersion === "v3") parts.push(context.platform, options.deviceFamily ?? "");
  return parts.join("|");
}

function nonceOf(options: DeviceOptions, nonce: string): string | undefined {
  if (options.fault === "wrong-nonce") return "00000000-0000-4000-8000-000000000000";
  if (options.fault === "blank-nonce") return "";
  if (options.fault === "no-nonce") return undefined;
  return nonce;
}

function signedAtOf(options: DeviceOptions, challengeMs: number): number {
  if (options.fault === "stale-signed-at") return challengeMs - HOUR_MS;
  if (options.fault === "future-signed-at") return challengeMs + HOUR_MS;
  return challengeMs;
}

function spoil(signature: Buffer, fault: DeviceOptions["fault"]): string {
  if (fault === "zero-signature") return Buffer.alloc(signature.length).toString("base64url");
  if (fault !== "bad-signature") return signature.toString("base64url");
  const spoiled = Buffer.from(signature);
  spoiled[0] = (spoiled[0] ?? 0) ^ 0xff;
  return spoiled.toString("base64url");
}

/** `connect.params.device`, right or wrong in exactly the way asked for. */
export function deviceParams(options: DeviceOptions, context: SignedContext): Record<string, unknown> {
  const identity = identityOf(options.seed);
  const id = options.fault === "id-key-mismatch" ? identityOf(`${options.seed}-other`).id : identity.id;
  const signedAt = signedAtOf(options, context.challengeMs);
  const signature = sign(null, Buffer.from(payloadOf(options, id, context, signedAt)), identity.privateKey);
  const nonce = nonceOf(options, context.nonce);
  return {
    id,
    publicKey: options.fault === "unparsable-key" ? "not-a-key" : identity.publicKey,
    signature: spoil(signature, options.fault),
    signedAt,
    ...(nonce === undefined ? {} : { nonce }),
  };
}
