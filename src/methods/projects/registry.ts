import {
  projectsAdd,
  projectsRegister,
  projectsRemove,
  projectsSearchRemote,
} from "../../../schemas/methods/projects/registry.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(projectsRegister, async ({ params, deps }) => ({ ...(await deps.projects.register(params)) })),
  method(projectsAdd, async ({ params, deps }) => ({ ...(await deps.projects.add(params)) })),
  method(projectsRemove, async ({ params, deps }) => {
    await deps.projects.remove(params.id, params.deleteCheckout === true);
    return { removed: true };
  }),
  // GitHub is asked as nobody in particular, so that only public repositories are found.
  method(projectsSearchRemote, async ({ params, deps, signal }) => {
    const found = await deps.links.github.repositories(params.query, signal).catch((error: unknown) => {
      const message = "Could not reach GitHub. Retry or check GitHub availability.";
      throw new ProtocolError("UNAVAILABLE", message, { retryable: true, cause: error });
    });
    return { credential: "missing" as const, projects: found.map((one) => ({ ...one })) };
  }),
] satisfies Method[];
