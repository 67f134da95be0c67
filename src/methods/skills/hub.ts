import { skillsDetail, skillsSearch } from "../../../schemas/methods/skills/hub.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** What the hub calls a skill: a name of its own, or one under its owner's. */
const SLUG = /^(@[a-z0-9][a-z0-9-]*\/)?[a-z0-9][a-z0-9-]*$/i;

export default [
  method(skillsSearch, ({ params, deps }) => deps.skillHub.search(params.query, params.limit)),
  method(skillsDetail, ({ params, deps }) => {
    if (!SLUG.test(params.slug.trim())) {
      throw new ProtocolError("UNAVAILABLE", `Invalid skill slug: ${params.slug}`, { retryable: false });
    }
    return deps.skillHub.detail(params.slug);
  }),
] satisfies Method[];
