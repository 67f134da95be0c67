import {
  secretsStoreDelete,
  secretsStoreList,
  secretsStoreSet,
} from "../../../schemas/methods/secrets/store.ts";
import { type Method, method } from "../method.ts";

/** Values of kind `secret` go in and never come out again; `reloaded` is true when the configuration uses one. */
export default [
  method(secretsStoreList, async ({ deps }) => ({
    entries: (await deps.secrets.list()).filter(isShown).map(({ value, ...entry }) => ({
      ...entry,
      scopeKind: "team",
      scopeId: "",
      ...(entry.kind === "env" ? { value } : {}),
    })),
  })),
  method(secretsStoreSet, async ({ params, caller, deps }) => {
    const { name, kind, value, allowedHosts } = params;
    await deps.secrets.set({
      name,
      kind,
      value,
      updatedBy: caller.client.id,
      ...(allowedHosts === undefined ? {} : { allowedHosts }),
    });
    return { ok: true, reloaded: false };
  }),
  method(secretsStoreDelete, async ({ params, deps }) => {
    await deps.secrets.remove(params.name);
    return { ok: true, reloaded: false };
  }),
] satisfies Method[];

/** What a setup puts there for a moment is nobody's to see. */
function isShown({ name }: { readonly name: string }): boolean {
  return !name.startsWith("github-setup-");
}
