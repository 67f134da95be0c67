import { createECDH } from "node:crypto";
import type { Documents } from "../documents/index.ts";

/** The key by which browsers know that a push message is this gateway's. Made once, then kept. */
export interface Push {
  publicKey(): Promise<string>;
}

const SCOPE = "push";
const NAME = "vapid";

export function createPush(documents: Documents): Push {
  let pending: Promise<string> | undefined;

  async function load(): Promise<string> {
    // Written below and by nobody else.
    const kept = (await documents.read(SCOPE, NAME)) as { publicKey: string } | undefined;
    if (kept !== undefined) return kept.publicKey;
    const pair = createECDH("prime256v1");
    pair.generateKeys();
    const publicKey = pair.getPublicKey("base64url", "uncompressed");
    await documents.write(SCOPE, NAME, { publicKey, privateKey: pair.getPrivateKey("base64url") });
    return publicKey;
  }

  return {
    publicKey() {
      // Two who ask at once get the same key; a failure is forgotten, so that the next one tries again.
      pending ??= load().catch((error: unknown) => {
        pending = undefined;
        throw error;
      });
      return pending;
    },
  };
}
