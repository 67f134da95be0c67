import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Ids } from "../../platform/ids.ts";
import type { DeviceToken } from "./record.ts";

const SALT_BYTES = 24;

/**
 * Makes device tokens and tells them again. A device is given the same token each time it connects, though only
 * its hash is kept: the token is derived from a salt in the record and a key that is not in the database.
 */
export interface TokenMint {
  make(
    deviceId: string,
    role: string,
  ): { readonly token: string; readonly salt: string; readonly hash: string };
  /** The token behind a record; undefined when somebody else issued it. */
  recall(deviceId: string, record: DeviceToken): string | undefined;
}

export function createTokenMint(key: Buffer, ids: Ids): TokenMint {
  const derive = (deviceId: string, role: string, salt: string) =>
    createHmac("sha256", key).update(`device-token\0${deviceId}\0${role}\0${salt}`).digest("base64url");
  return {
    make(deviceId, role) {
      const salt = ids.token(SALT_BYTES);
      const token = derive(deviceId, role, salt);
      return { token, salt, hash: hashToken(token) };
    },
    recall(deviceId, record) {
      return record.salt === undefined ? undefined : derive(deviceId, record.role, record.salt);
    },
  };
}

export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Compares without telling by time how much of a token was right. */
export function matchesHash(token: string, hash: string): boolean {
  const given = Buffer.from(hashToken(token), "hex");
  const kept = Buffer.from(hash, "hex");
  return given.length === kept.length && timingSafeEqual(given, kept);
}
