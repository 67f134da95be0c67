import type { Access, MethodContract } from "../../schemas/contract.ts";
import { holdsScope } from "../auth/scopes.ts";
import { invalidRequest, ProtocolError } from "../errors/protocol-error.ts";
import { SESSION_SCOPED } from "./session-scoped.ts";

const ADMIN = "operator.admin";
const SESSION_WRITERS = ["operator.write", "operator.sessions.write"];

export interface Asker {
  readonly role: string;
  readonly scopes: readonly string[];
}

/** The refusal for a scope that is not held. Clients read `details`, older ones the text. */
export function missingScope(scope: string): ProtocolError {
  return new ProtocolError("FORBIDDEN", `missing scope: ${scope}`, {
    details: { code: "MISSING_SCOPE", missingScope: scope, requiredScopes: [scope] },
  });
}

/** Whether a method is for another kind of peer altogether. Such refusals are counted, see [DP6]. */
export function isRoleWrong(access: Access, asker: Asker): boolean {
  if (access === "any") return false;
  return access === "node" ? asker.role !== "node" : asker.role !== "operator";
}

export function wrongRole(asker: Asker): ProtocolError {
  return invalidRequest(`unauthorized role: ${asker.role}`);
}

/** Throws unless these scopes open a method with this access. */
export function requireScope(
  { access, method }: Pick<MethodContract, "access" | "method">,
  params: unknown,
  asker: Asker,
): void {
  if (access === "any" || access === "none" || access === "node") return;
  const scope = typeof access === "function" ? access(params, asker.scopes) : access;
  if (holdsScope(asker.scopes, scope)) return;
  // compat(roles/scopes): who may write in sessions could be asked there as a person; nobody is one by a secret.
  if (SESSION_SCOPED.has(method) && SESSION_WRITERS.some((one) => asker.scopes.includes(one))) {
    throw new ProtocolError("FORBIDDEN", "Session-scoped access requires a verified user profile.");
  }
  throw missingScope(scope);
}

/** Whether a method exists is an admin's business: to anybody else it looks like one that needs admin. */
export function unknownMethod(method: string, asker: Asker): ProtocolError {
  if (asker.role !== "operator") return wrongRole(asker);
  if (!holdsScope(asker.scopes, ADMIN)) return missingScope(ADMIN);
  return invalidRequest(`unknown method: ${method}`);
}

/** compat(HS10): a second `connect` is gated like an admin's method before it is refused. */
export function secondConnect(asker: Asker): ProtocolError {
  if (asker.role !== "operator") return wrongRole(asker);
  if (!holdsScope(asker.scopes, ADMIN)) return missingScope(ADMIN);
  return invalidRequest("connect is only valid as the first request");
}
