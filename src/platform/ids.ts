import { randomBytes, randomUUID } from "node:crypto";

/** The only source of randomness. A test hands in a counting one and gets the same trace every time. */
export interface Ids {
  uuid(): string;
  /** Unguessable, base64url without padding; `bytes` of entropy. */
  token(bytes: number): string;
}

export const systemIds: Ids = {
  uuid: () => randomUUID(),
  token: (bytes) => randomBytes(bytes).toString("base64url"),
};
