import { pluginsCredentialsInspect, pluginsSkillsRead } from "../../../schemas/methods/plugins/access.ts";
import { isCredentialOf, readCredential, skillText } from "../../domain/plugins/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

const ENTRY = "SKILL.md";

export default [
  method(pluginsCredentialsInspect, async ({ params, deps: { config, plugins } }) => {
    const { pluginId, path, baseHash, reveal } = params;
    const now = await config.read();
    if ((await config.fingerprint(now.raw ?? "")) !== baseHash) {
      throw invalidRequest("Configuration changed. Reload Settings before inspecting this reference.");
    }
    const manifest = (await plugins.all()).find(({ id }) => id === pluginId);
    if (manifest === undefined || !isCredentialOf(manifest, path))
      throw invalidRequest("This installed plugin does not declare that credential field.");
    return { baseHash, credential: readCredential(now.authored, path, reveal === true) };
  }),
  method(pluginsSkillsRead, async ({ params, deps: { plugins } }) => {
    if (params.path !== undefined && !isBundlePath(params.path))
      throw invalidRequest("Invalid plugin skill bundle path.");
    if (params.source === "catalog") throw invalidRequest("Unknown ClawHub plugin identity.");
    const manifest = (await plugins.all()).find(
      ({ id, isOnByDefault }) => id === params.pluginId && isOnByDefault !== undefined,
    );
    if (manifest === undefined) throw invalidRequest("Installed plugin not found.");
    const skill = manifest.skills?.find(({ name }) => name === params.skillName);
    if (skill === undefined) throw missing("Plugin skill not found.");
    if (params.path !== undefined && params.path !== ENTRY) throw missing("Plugin skill file not found.");
    const content = skillText(skill);
    return {
      name: skill.name,
      rootPath: `skills/${skill.name}`,
      entryPath: ENTRY,
      files: [{ path: ENTRY, sizeBytes: Buffer.byteLength(content), status: "ready" as const, content }],
      directories: [],
      inventoryComplete: true,
      version: plugins.version,
    };
  }),
] satisfies Method[];

/** A path in a bundle goes down, with slashes, from part to part. */
function isBundlePath(path: string): boolean {
  return !path.includes("\\") && path.split("/").every((part) => !["", ".", ".."].includes(part));
}

function missing(message: string): ProtocolError {
  return new ProtocolError("UNAVAILABLE", message, { retryable: false });
}
