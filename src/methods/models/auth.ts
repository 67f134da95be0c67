import { modelsAuthLogout } from "../../../schemas/methods/models/auth.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  /** Keys stand in the configuration, which a logout leaves alone; there is no stored sign-in to remove. */
  method(modelsAuthLogout, ({ params }) => {
    const { provider } = params;
    if (typeof provider !== "string" || provider.trim() === "") throw invalidRequest("provider is required");
    return { provider: provider.trim(), removedProfiles: [], abortedRunIds: [] };
  }),
] satisfies Method[];
