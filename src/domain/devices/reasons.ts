import type { Knock, PairingReason } from "./index.ts";
import type { DeviceMetadata, PairedDevice } from "./record.ts";
import { holdsRole } from "./requests.ts";
import { holdsScopes } from "./scopes.ts";

/** Why a device may not come in as it asks to; undefined when it may. */
export function pairingReason(device: PairedDevice | undefined, knock: Knock): PairingReason | undefined {
  if (device === undefined || device.publicKey !== knock.publicKey) return "not-paired";
  // A role whose token was taken away is one that the device no longer has.
  const isRevoked = device.tokens.some(
    ({ role, revokedAtMs }) => role === knock.role && revokedAtMs !== undefined,
  );
  if (!holdsRole(device, knock.role) || isRevoked) return "role-upgrade";
  if (!holdsScopes(device.scopes, knock.scopes)) return "scope-upgrade";
  return isAnotherMachine(device, knock.metadata) ? "metadata-upgrade" : undefined;
}

/** What the first approval said about the machine stays: a key that turns up on another one is looked at again. */
function isAnotherMachine(device: PairedDevice, now: DeviceMetadata): boolean {
  const differs = (pinned: string | undefined, said: string | undefined) =>
    pinned !== undefined && plain(pinned) !== plain(said ?? "");
  return differs(device.platform, now.platform) || differs(device.deviceFamily, now.deviceFamily);
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}

/**
 * What a trusted client of this machine is granted without asking: its first pairing, and more as an operator.
 * compat(auth/silent-pairing): an operator's device does not silently become a node.
 */
export function isSilentReason(reason: PairingReason | undefined, role: string): boolean {
  if (reason === "not-paired" || reason === "scope-upgrade") return true;
  return reason === "role-upgrade" && role === "operator";
}
