import { readFile } from "node:fs/promises";
import { skillsWorkshopRead } from "../../../schemas/methods/skills/workshop.ts";
import { type Method, method } from "../method.ts";
import { agentFor } from "./proposals.ts";

export default [
  method(skillsWorkshopRead, async ({ params, deps }) => {
    const skill = await deps.workshop.skill(agentFor(deps, params.agentId), params.name);
    const { name, skillKey = name, description, filePath } = skill;
    return { name, skillKey, description, content: await readFile(filePath, "utf8") };
  }),
] satisfies Method[];
