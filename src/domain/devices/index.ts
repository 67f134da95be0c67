import type { DeviceMetadata, PairedDevice, PairingRequest } from "./record.ts";
import type { Setups } from "./setups.ts";

export { mayManage } from "./authority.ts";
export type { DeviceMetadata, DeviceToken, PairedDevice, PairingRequest } from "./record.ts";
export { deviceRow, requestRow } from "./rows.ts";
export { closedScopes, holdsScope, holdsScopes, KNOWN_SCOPES, scopesBeyond } from "./scopes.ts";
export { isThisMachine, readSetupUrl, type SetupUrl } from "./setup-url.ts";
export type { KeptSetups, Setup, SetupPayload, SetupProfile, Setups } from "./setups.ts";

export type PairingReason = "not-paired" | "role-upgrade" | "scope-upgrade" | "metadata-upgrade";

/** A device at the door. */
export interface Knock {
  readonly deviceId: string;
  readonly publicKey: string;
  readonly role: string;
  readonly scopes: readonly string[];
  readonly metadata: DeviceMetadata;
  /** It comes from this machine and knows the shared secret, so first grants need no human. */
  readonly isTrusted: boolean;
}

export type PairingOutcome =
  | { readonly kind: "paired"; readonly device: PairedDevice }
  | {
      readonly kind: "pending";
      readonly reason: PairingReason;
      readonly request: PairingRequest;
      readonly paired: PairedDevice | undefined;
    };

export interface IssuedToken {
  readonly token: string;
  readonly issuedAtMs: number;
}

export type TokenCheck = "ok" | "token_mismatch" | "scope_mismatch";

/** Who asks for a change to the devices. */
export interface Manager {
  readonly scopes: readonly string[];
  readonly deviceId?: string;
  readonly authMethod: string;
}

export interface RotatedToken {
  readonly deviceId: string;
  readonly role: string;
  readonly scopes: readonly string[];
  readonly rotatedAtMs: number;
  readonly tokenDelivery: "in-band" | "withheld-cross-device";
  readonly token?: string;
}

/** Paired devices and their tokens. */
export interface Devices {
  get(deviceId: string): PairedDevice | undefined;
  /** Every paired device, latest approval first. */
  all(): readonly PairedDevice[];
  /** Open requests, latest first. */
  requests(): readonly PairingRequest[];
  isConnected(deviceId: string): boolean;
  /** Holds a device against what was approved; may approve by the local rule, or leave a request behind. */
  knock(knock: Knock): Promise<PairingOutcome>;
  checkToken(deviceId: string, role: string, token: string, scopes: readonly string[]): TokenCheck;
  /** Whether it is the operator token of any paired device: a plain HTTP request does not say of which. */
  isOperatorToken(token: string): boolean;
  /** The scopes that it opens, if it is one. */
  operatorScopes(token: string): readonly string[] | undefined;
  /** Codes that let a device in which nobody at the gateway looks at. */
  readonly setups: Setups;
  /** Approves a device that showed a setup code: its roles, and the scopes of its operator token. */
  enroll(knock: Knock, roles: readonly string[], scopes: readonly string[]): Promise<PairedDevice>;
  /** The token of a paired device for a role: the one it has if that is still good, or a fresh one. */
  issueToken(deviceId: string, role: string, scopes: readonly string[]): Promise<IssuedToken | undefined>;
  /** Notes that a device connected, with what it says about itself now. */
  seen(
    deviceId: string,
    seen: { readonly displayName?: string; readonly byToken?: string; readonly reason?: string },
  ): Promise<void>;
  /** Files the wish of a connected device for more scopes. A person decides; it is never granted silently. */
  requestUpgrade(deviceId: string, scopes: readonly string[]): PairingRequest;
  /** Whether a request still waits, and how it ended if that was not long ago. */
  stateOf(requestId: string): RequestState | undefined;
  approve(requestId: string, by: Manager): Promise<PairedDevice>;
  reject(requestId: string, by: Manager): Promise<PairingRequest>;
  remove(deviceId: string, by: Manager): Promise<void>;
  rename(deviceId: string, label: string, by: Manager): Promise<string>;
  rotate(
    deviceId: string,
    role: string,
    scopes: readonly string[] | undefined,
    by: Manager,
  ): Promise<RotatedToken>;
  revoke(deviceId: string, role: string, by: Manager): Promise<number>;
  /** Takes a role from a device; a device without roles is removed. For nouns that own a role, such as nodes. */
  dropRole(deviceId: string, role: string): Promise<void>;
  /** Remembers a connection of a device until the returned function is called, so that it can be ended. */
  attach(connection: DeviceConnection): () => void;
  /** Tells when a request of a device was settled; for a client that waits for its own upgrade. */
  onSettled(listener: (settled: SettledRequest) => void): () => void;
  /** Tells when a device or one of its roles is gone. */
  onRemoved(listener: (deviceId: string, role: string | undefined) => void): () => void;
}

export interface RequestState {
  readonly deviceId: string;
  readonly decision: "pending" | "approved" | "rejected";
}

export interface SettledRequest {
  readonly request: PairingRequest;
  readonly decision: "approved" | "rejected";
}

export interface DeviceConnection {
  readonly deviceId: string;
  readonly role: string;
  close(code: number, reason: string): void;
}
