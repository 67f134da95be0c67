import type { ManifestMethod } from "../freeze/manifest.ts";

/** One call of the sweep, before it is put into a scenario. */
export interface SweepCase {
  readonly id: string;
  readonly as: "bare" | "reader" | "admin" | "host";
  readonly call: string;
  readonly params: unknown;
  /** What is certain before anything was recorded; the recorder fills the rest. */
  readonly expect: { readonly ok?: boolean; readonly code?: string };
}

/** Not served to a connection that may: they end the gateway, replace its package or start a profiler or an editor. */
const NEVER_SERVED = new Set([
  "config.openFile",
  "diagnostics.cpuProfile",
  "diagnostics.heapProfile",
  "gateway.restart.request",
  "update.run",
]);

/** Eleven role errors in a row close the socket, so every eighth is followed by a call that is refused otherwise. */
const ROLE_ERRORS_IN_A_ROW_MAX = 8;

const FORBIDDEN = { ok: false, code: "FORBIDDEN" } as const;
const REFUSED = { ok: false, code: "INVALID_REQUEST" } as const;

/** Refusals of every method first, since they change nothing; then the calls that are served. */
export function sweepCases(methods: readonly ManifestMethod[]): readonly SweepCase[] {
  const live = methods.filter((method) => method.status !== "gone");
  const gone = methods.filter((method) => method.status === "gone");
  return [
    ...spaced(live.map(withoutScope), unknownMethod),
    ...spaced(live.map(readOnly), unknownMethod),
    ...spaced(live.filter((method) => method.role === "operator").map(asNode), invalidNodeEvent),
    ...gone.map((method) => admin(method, "gone", {}, { ok: false, code: "INVALID_REQUEST" })),
    ...live.flatMap(served),
  ];
}

function withoutScope(method: ManifestMethod): SweepCase {
  const expect = method.role === "node" ? REFUSED : method.scope === "none" ? {} : FORBIDDEN;
  return { id: `${method.name}+no-scope`, as: "bare", call: method.name, params: {}, expect };
}

function readOnly(method: ManifestMethod): SweepCase {
  // Where the params decide on the scope, only the recording tells what `{}` is answered with.
  const isServed = method.scope === "read" || method.scope === "none" || method.dynamic === true;
  const expect = method.role === "node" ? REFUSED : isServed ? {} : FORBIDDEN;
  return { id: `${method.name}+read-only`, as: "reader", call: method.name, params: {}, expect };
}

function asNode(method: ManifestMethod): SweepCase {
  const isOpenToAll = method.scope === "none";
  const expect = isOpenToAll ? {} : REFUSED;
  return { id: `${method.name}+node-role`, as: "host", call: method.name, params: {}, expect };
}

function served(method: ManifestMethod): readonly SweepCase[] {
  if (NEVER_SERVED.has(method.name)) return [];
  return [
    admin(method, "empty", {}, {}),
    admin(method, "unknown-key", { zzUnknown: 1 }, {}),
    admin(method, "list", [], {}),
    admin(method, "text", "text", {}),
  ];
}

function admin(
  method: ManifestMethod,
  name: string,
  params: unknown,
  expect: SweepCase["expect"],
): SweepCase {
  const as = method.role === "node" ? "host" : "admin";
  return { id: `${method.name}+${name}`, as, call: method.name, params, expect };
}

function unknownMethod(as: SweepCase["as"], count: number): SweepCase {
  return { id: `breather-${as}-${count}`, as, call: "zz.unknown", params: {}, expect: FORBIDDEN };
}

function invalidNodeEvent(as: SweepCase["as"], count: number): SweepCase {
  return { id: `breather-${as}-${count}`, as, call: "node.event", params: {}, expect: { ok: false } };
}

function spaced(
  cases: readonly SweepCase[],
  breather: (as: SweepCase["as"], count: number) => SweepCase,
): readonly SweepCase[] {
  return cases.flatMap((one, index) => {
    const isDue = (index + 1) % ROLE_ERRORS_IN_A_ROW_MAX === 0;
    return isDue && one.expect.code === "INVALID_REQUEST" ? [one, breather(one.as, index + 1)] : [one];
  });
}
