import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, hkdfSync } from "node:crypto";
import path from "node:path";
import { secretFile } from "../../platform/secret-file.ts";
import type { GatewayIdentity } from "./index.ts";

/** Length of what stands before the raw key in a DER public key. */
const DER_PREFIX_BYTES = 12;

export interface OwnIdentity extends GatewayIdentity {
  /** A key for one purpose, from the private one. It never touches the disk. */
  deriveKey(purpose: string): Buffer;
}

/** Reads the gateway's own identity from its state folder; the first start makes one. */
export function openIdentity(stateDir: string): OwnIdentity {
  const file = path.join(stateDir, "understudy", "identity.pem");
  return identityOf(secretFile(file, newPrivateKey));
}

function newPrivateKey(): string {
  const { privateKey } = generateKeyPairSync("ed25519");
  // Exporting as PEM yields a string by the API's own contract; the overload is lost in the return type.
  return privateKey.export({ type: "pkcs8", format: "pem" }) as string;
}

function identityOf(pem: string): OwnIdentity {
  const privateKey = createPrivateKey(pem);
  const der = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  const raw = der.subarray(DER_PREFIX_BYTES);
  const secret = privateKey.export({ type: "pkcs8", format: "der" });
  return {
    deviceId: createHash("sha256").update(raw).digest("hex"),
    publicKey: raw.toString("base64url"),
    deriveKey: (purpose) => Buffer.from(hkdfSync("sha256", secret, "", purpose, 32)),
  };
}
