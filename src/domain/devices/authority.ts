import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Manager } from "./index.ts";
import type { PairingRequest } from "./record.ts";
import { holdsScope, isScopeOfRole, scopesBeyond } from "./scopes.ts";

const ADMIN = "operator.admin";

export function isAdmin(by: Manager): boolean {
  return by.scopes.includes(ADMIN);
}

/** Who came by a device's token and is no administrator manages that device, and does not see the others. */
export function mayManage(deviceId: string, by: Manager): boolean {
  return isAdmin(by) || by.authMethod !== "device-token" || by.deviceId === deviceId;
}

export function assertMayManage(deviceId: string, by: Manager, action: string): void {
  if (!mayManage(deviceId, by)) throw invalidRequest(`device pairing ${action} denied`);
}

/** Nobody approves more than they hold, and nobody but an administrator approves anything that is not an operator. */
export function assertMayApprove(request: PairingRequest, by: Manager): void {
  assertMayManage(request.deviceId, by, "approval");
  if (request.roles.some((role) => role !== "operator") && !isAdmin(by)) {
    throw invalidRequest("device pairing approval denied");
  }
  assertScopesFitRoles(request);
  const missing = scopesBeyond(request.scopes, by.scopes)[0];
  if (missing !== undefined) throw invalidRequest(`missing scope: ${missing}`);
}

export function assertScopesFitRoles(request: Pick<PairingRequest, "roles" | "scopes">): void {
  const stray = strayScope(request);
  if (stray !== undefined) throw invalidRequest(`invalid scope for requested roles: ${stray}`);
}

/** A scope that none of the roles of a request can hold. */
export function strayScope({ roles, scopes }: Pick<PairingRequest, "roles" | "scopes">): string | undefined {
  return scopes.find((scope) => !roles.some((role) => isScopeOfRole(scope, role)));
}

/** Rotating or revoking a token needs at least what the token opens. */
export function mayHandleToken(
  deviceId: string,
  role: string,
  scopes: readonly string[],
  by: Manager,
): boolean {
  if (!mayManage(deviceId, by)) return false;
  if (role !== "operator" && !isAdmin(by)) return false;
  return scopes.every((scope) => holdsScope(by.scopes, scope));
}
