import type { Access, Role } from "../../schemas/contract.ts";
import { invalidRequest, ProtocolError } from "../errors/protocol-error.ts";

const ADMIN = "operator.admin";

/** Whether a set of scopes opens one: admin opens all, write opens read. */
export function holdsScope(scopes: readonly string[], wanted: string): boolean {
  return (
    scopes.includes(wanted) ||
    scopes.includes(ADMIN) ||
    (wanted === "operator.read" && scopes.includes("operator.write"))
  );
}

/** The refusal for a scope that is not held. Clients read `details`, older ones the text. */
export function missingScope(scope: string): ProtocolError {
  return new ProtocolError("FORBIDDEN", `missing scope: ${scope}`, {
    details: { code: "MISSING_SCOPE", missingScope: scope, requiredScopes: [scope] },
  });
}

/** A refusal that counts towards closing the connection, see [DP6]. */
export class RoleError extends Error {
  readonly answer: ProtocolError;

  constructor(role: Role) {
    super(`unauthorized role: ${role}`);
    this.answer = invalidRequest(this.message);
  }
}

/** Throws unless this role and these scopes may call a method with this access. */
export function checkAccess(
  access: Access,
  params: unknown,
  caller: { readonly role: Role; readonly scopes: readonly string[] },
): void {
  if (access === "node" ? caller.role !== "node" : caller.role !== "operator")
    throw new RoleError(caller.role);
  if (access === "none" || access === "node") return;
  const scope = typeof access === "function" ? access(params) : access;
  if (!holdsScope(caller.scopes, scope)) throw missingScope(scope);
}

/** Unknown methods are an admin's business: to anybody else their absence is not told. */
export function unknownMethod(method: string, scopes: readonly string[]): ProtocolError {
  if (!holdsScope(scopes, ADMIN)) return missingScope(ADMIN);
  return invalidRequest(`unknown method: ${method}`);
}
