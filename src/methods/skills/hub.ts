import { skillsDetail, skillsSearch } from "../../../schemas/methods/skills/hub.ts";
import { type Method, method } from "../method.ts";

export default [
  method(skillsSearch, ({ params, deps }) => deps.skillHub.search(params.query, params.limit)),
  method(skillsDetail, ({ params, deps }) => deps.skillHub.detail(params.slug)),
] satisfies Method[];
