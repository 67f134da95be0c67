import { skillsUpdate } from "../../../schemas/methods/skills/settings.ts";
import { changeConfig } from "../../domain/config/edit.ts";
import { REDACTED } from "../../domain/config/redact.ts";
import { withSkillSettings } from "../../domain/skills/settings.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { FailedEnd, type Method, method } from "../method.ts";

export default [
  method(skillsUpdate, async ({ params, deps }) => {
    if (!("skillKey" in params)) return updateFromHub(params);
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
] satisfies Method[];

/** Skills that came from the hub would be brought up to date; this gateway installs none from there. */
function updateFromHub(params: { readonly slug?: string; readonly all?: boolean }) {
  const { slug, all } = params;
  if (slug === undefined && all !== true) {
    throw invalidRequest('clawhub skills.update requires "slug" or "all"');
  }
  if (slug === undefined) {
    return { ok: true as const, skillKey: "*", config: { source: "clawhub", results: [] } };
  }
  const error = `Skill "${slug}" is not tracked as a ClawHub install.`;
  const results = [{ ok: false, error }];
  return new FailedEnd(new ProtocolError("UNAVAILABLE", error, { retryable: false, details: { results } }), {
    ok: false as const,
    skillKey: slug,
    config: { source: "clawhub", results },
  });
}
