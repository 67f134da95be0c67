import { usersPrefsGet, usersPrefsSet } from "../../../schemas/methods/users/prefs.ts";
import { type Method, method } from "../method.ts";

/** Nobody who calls has an identity that outlives the connection: nothing is kept, and clients keep it themselves. */
export default [
  method(usersPrefsGet, () => ({ status: "no_durable_identity" as const })),
  method(usersPrefsSet, () => ({ status: "no_durable_identity" as const })),
] satisfies Method[];
