import type { Manifest } from "../freeze/manifest.ts";

/** One thing that the newer reference offers otherwise than the frozen one. */
export interface SurfaceChange {
  /** What it counts for in the report: a method's name, `event:chat`, `HTTP GET /health`, `close ...`. */
  readonly subject: string;
  readonly kind: "added" | "removed" | "changed";
  /** The key that changed: scope, params, status ... */
  readonly what?: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Everything in which two manifests differ, in the order of the older one, additions last. */
export function surfaceDrift(before: Manifest, after: Manifest): readonly SurfaceChange[] {
  const byName = <T extends { name: string }>(list: readonly T[]): Map<string, T> =>
    new Map(list.map((entry) => [entry.name, entry]));
  const named = (list: readonly string[]): Map<string, object> => new Map(list.map((name) => [name, {}]));
  const routes = (manifest: Manifest): Map<string, object> =>
    new Map(manifest.httpRoutes.map((route) => [`HTTP ${route.method} ${route.path}`, route]));
  const closes = (manifest: Manifest): Map<string, object> =>
    new Map(manifest.closeCodes.map((close) => [`close: ${close.when}`, close]));
  return [
    ...changes(byName(before.methods), byName(after.methods)),
    ...orderDrift(before, after),
    ...changes(named(before.events.map(eventSubject)), named(after.events.map(eventSubject))),
    ...changes(named(before.capabilities.map(capability)), named(after.capabilities.map(capability))),
    ...changes(routes(before), routes(after)),
    ...changes(closes(before), closes(after)),
  ];
}

const eventSubject = (name: string): string => `event:${name}`;
const capability = (name: string): string => `capability ${name}`;

function changes(
  before: ReadonlyMap<string, object>,
  after: ReadonlyMap<string, object>,
): readonly SurfaceChange[] {
  const found: SurfaceChange[] = [];
  for (const [subject, old] of before) {
    const now = after.get(subject);
    if (now === undefined) found.push({ subject, kind: "removed", before: old });
    else found.push(...keyChanges(subject, old, now));
  }
  for (const [subject, now] of after) {
    if (!before.has(subject)) found.push({ subject, kind: "added", after: now });
  }
  return found;
}

function keyChanges(subject: string, before: object, after: object): readonly SurfaceChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((what): readonly SurfaceChange[] => {
    const old: unknown = Reflect.get(before, what);
    const now: unknown = Reflect.get(after, what);
    return old === now ? [] : [{ subject, kind: "changed", what, before: old, after: now }];
  });
}

/** Clients see the order of the methods that both offer; an addition in between does not change it. */
function orderDrift(before: Manifest, after: Manifest): readonly SurfaceChange[] {
  const offered = (manifest: Manifest): string[] =>
    manifest.methods.filter((method) => method.status === "advertised").map((method) => method.name);
  const old = offered(before);
  const now = offered(after);
  const kept = old.filter((name) => now.includes(name));
  const keptNow = now.filter((name) => old.includes(name));
  const at = kept.findIndex((name, index) => name !== keptNow[index]);
  if (at === -1) return [];
  return [{ subject: "connect", kind: "changed", what: "order", before: kept[at], after: keptNow[at] }];
}
