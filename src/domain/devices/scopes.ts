const ADMIN = "operator.admin";

/** What a scope opens besides itself. Admin is apart: it opens all of `operator.`, also what is yet unknown. */
const IMPLIED: ReadonlyMap<string, readonly string[]> = new Map([
  ["operator.read", ["operator.sessions.read"]],
  ["operator.write", ["operator.read", "operator.sessions.read", "operator.sessions.write", "operator.talk"]],
]);

/** Scopes that mean something. Others are granted word for word, and open nothing but themselves. */
export const KNOWN_SCOPES: readonly string[] = [
  "operator.admin",
  "operator.approvals",
  "operator.pairing",
  "operator.questions",
  "operator.read",
  "operator.talk",
  "operator.talk.secrets",
  "operator.write",
];

/** Whether a set of scopes opens one. */
export function holdsScope(scopes: readonly string[], wanted: string): boolean {
  if (scopes.includes(wanted)) return true;
  if (scopes.includes(ADMIN) && wanted.startsWith("operator.")) return true;
  return scopes.some((scope) => IMPLIED.get(scope)?.includes(wanted) ?? false);
}

/** Whether a set of scopes opens all of another: the question for every grant, approval and rotation. */
export function holdsScopes(scopes: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((scope) => holdsScope(scopes, scope));
}

/** The scopes of a request that a set does not open, in the order they were asked for. */
export function scopesBeyond(wanted: readonly string[], scopes: readonly string[]): readonly string[] {
  return wanted.filter((scope) => !holdsScope(scopes, scope));
}

/** A set of scopes with what it implies written out, sorted: how a grant is kept. */
export function closedScopes(scopes: readonly string[]): readonly string[] {
  const closed = new Set(scopes);
  if (closed.has(ADMIN)) closed.add("operator.read").add("operator.write");
  if (closed.has("operator.write")) closed.add("operator.read");
  return [...closed].toSorted();
}

/** Whether a device of this role may ever be granted a scope: operators those of their family, others any but those. */
export function isScopeOfRole(scope: string, role: string): boolean {
  return scope.startsWith("operator.") === (role === "operator");
}

/** What the token of one role may open, of all that its device was granted. */
export function scopesOfRole(role: string, scopes: readonly string[]): readonly string[] {
  const own = scopes.filter((scope) => isScopeOfRole(scope, role));
  return role === "operator" ? closedScopes(own) : own;
}
