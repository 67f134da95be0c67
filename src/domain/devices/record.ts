/** A bearer token of one role. The token itself is never kept: a copy of the database opens nothing. */
export interface DeviceToken {
  readonly role: string;
  readonly scopes: readonly string[];
  /** sha256 hex of the token. */
  readonly hash: string;
  /** What the token is derived from, together with the gateway's own key. Absent for tokens that others issued. */
  readonly salt?: string;
  readonly createdAtMs: number;
  readonly rotatedAtMs?: number;
  readonly revokedAtMs?: number;
  readonly lastUsedAtMs?: number;
}

/** What a device says about itself when it connects. */
export interface DeviceMetadata {
  readonly displayName?: string;
  readonly platform: string;
  readonly deviceFamily?: string;
  readonly clientId: string;
  readonly clientMode: string;
  readonly remoteIp?: string;
}

/** A device that somebody, or the rule for this machine, approved. */
export interface PairedDevice extends DeviceMetadata {
  readonly deviceId: string;
  /** base64url of the raw key. */
  readonly publicKey: string;
  /** The operator's own name for it; it outlives repairs. */
  readonly operatorLabel?: string;
  readonly role: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  readonly approvedVia: "silent" | "owner" | "bootstrap";
  readonly createdAtMs: number;
  readonly approvedAtMs: number;
  readonly lastSeenAtMs?: number;
  readonly lastSeenReason?: string;
  readonly tokens: readonly DeviceToken[];
}

/** A device that asks to be approved, or to be approved for more. */
export interface PairingRequest extends DeviceMetadata {
  readonly requestId: string;
  readonly deviceId: string;
  readonly publicKey: string;
  readonly role: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  /** Nobody needs to be asked, if the request holds together. */
  readonly silent: boolean;
  /** The device is known and wants more, or something else. */
  readonly isRepair: boolean;
  readonly ts: number;
}
