import type { Party } from "./index.ts";
import type { ApprovalRecord } from "./record.ts";

/** The capabilities of which a client has one that can show approvals of a kind. */
const CAPS = {
  exec: ["approvals", "exec-approvals"],
  plugin: ["approvals", "plugin-approvals"],
} as const;

/** Whether this party may decide, also when the connection that asked is gone: admins, and the devices concerned. */
export function mayDecide(record: ApprovalRecord, party: Party): boolean {
  if (party.scopes.includes("operator.admin")) return true;
  if (!party.scopes.includes("operator.approvals") || party.deviceId === undefined) return false;
  return party.deviceId === record.deviceId || record.reviewerDeviceIds.includes(party.deviceId);
}

/** Who asked sees it as well for as long as the connection lasts. */
export function maySeeLive(record: ApprovalRecord, party: Party): boolean {
  return party.connId === record.connId || mayDecide(record, party);
}

/** Whether events about it go to this party. */
export function mayReceive(record: ApprovalRecord, party: Party): boolean {
  if (party.role !== "operator" || !maySeeLive(record, party)) return false;
  return CAPS[record.kind].some((cap) => party.caps.includes(cap));
}
