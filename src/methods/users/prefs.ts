import { usersPrefsGet, usersPrefsSet } from "../../../schemas/methods/users/prefs.ts";
import { type Method, method } from "../method.ts";

/** Who has no identity that outlives the connection keeps its preferences itself. */
const NOBODY = { status: "no_durable_identity" } as const;

export default [
  method(usersPrefsGet, async ({ params, caller, deps }) => {
    if ((await deps.owner.of(caller)) === undefined) return NOBODY;
    return { status: "ok" as const, entries: await deps.owner.prefs(params.keys) };
  }),
  method(usersPrefsSet, async ({ params, caller, deps }) => {
    if ((await deps.owner.of(caller)) === undefined) return NOBODY;
    const isDone = await deps.owner.setPrefs(params.entries, params.expectedEntries);
    return { status: isDone ? ("ok" as const) : ("conflict" as const) };
  }),
] satisfies Method[];
