import { skillsInstall, skillsUpdate } from "../../../schemas/methods/skills/settings.ts";
import { changeConfig } from "../../domain/config/edit.ts";
import { REDACTED } from "../../domain/config/redact.ts";
import { withSkillSettings } from "../../domain/skills/settings.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";
import { refuseUpload } from "./upload.ts";

export default [
  method(skillsUpdate, async ({ params, deps }) => {
    if (!("skillKey" in params)) throw unavailable("ClawHub is not available on this gateway");
    const { skillKey, ...change } = params;
    let written: Readonly<Record<string, unknown>> = {};
    await changeConfig((config) => {
      const next = withSkillSettings(config, skillKey, change);
      written = next.settings;
      return next.config;
    }, deps);
    deps.events.publish("chat.metadata.changed", {});
    const { apiKey, ...shown } = written;
    return {
      ok: true as const,
      skillKey,
      config: { ...shown, ...(apiKey === undefined ? {} : { apiKey: REDACTED }) },
    };
  }),
  method(skillsInstall, async ({ params, deps }) => {
    if (!("installId" in params)) {
      if (params.source === "upload") refuseUpload(deps);
      throw unavailable("ClawHub is not available on this gateway");
    }
    const skill = await skillNamed(deps, params.name, params.agentId);
    if (skill === undefined) throw unavailable(`Skill not found: ${params.name}`);
    if (!skill.install.some(({ id }) => id === params.installId)) {
      throw unavailable(`Installer not found: ${params.installId}`);
    }
    throw unavailable("Installers do not run on this gateway");
  }),
] satisfies Method[];

async function skillNamed(deps: Deps, name: string, agentId: string | undefined) {
  const agent = deps.agents.get(agentId ?? deps.agents.defaultId);
  if (agent === undefined) return undefined;
  const { skills } = await deps.skills.status(agent);
  return skills.find((skill) => skill.name === name);
}

function unavailable(message: string): ProtocolError {
  return new ProtocolError("UNAVAILABLE", message, { retryable: false });
}
