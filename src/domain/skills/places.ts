import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import path from "node:path";
import { parseJson } from "../../platform/json.ts";
import type { Agent } from "../agents/index.ts";
import { type ConfigSource, list, section, text } from "../config/index.ts";
import type { SkillPlace } from "./scan.ts";

/** The plugins of an installed reference that are looked through for skills. */
const PLUGINS_MAX = 512;

export function managedFolder(stateDir: string): string {
  return path.join(stateDir, "skills");
}

export function workshopFolder(stateDir: string, agentId: string): string {
  return path.join(stateDir, "agents", agentId, "agent", "workshop-skills");
}

/** Where an agent's skills are looked for, the most telling place first. */
export function placesOf(
  agent: Agent,
  config: ConfigSource,
  reference: string | undefined,
  isCustodian: boolean,
): SkillPlace[] {
  const load = section({ load: config.current().skills["load"] }, "load");
  const { stateDir } = config;
  const home = path.dirname(stateDir);
  const expand = (folder: string): string =>
    folder.startsWith("~/") ? path.join(home, folder.slice(2)) : path.resolve(folder);
  const linkTargets = list(load["allowSymlinkTargets"]).map(expand);
  const place = (source: string, folder: string): SkillPlace => ({ source, folder, linkTargets });
  return [
    place("openclaw-workspace", path.join(agent.workspace, "skills")),
    place("agents-skills-project", path.join(agent.workspace, ".agents", "skills")),
    // Personal skills belong to the state folder that a home has by default.
    ...(path.basename(stateDir) === ".openclaw"
      ? [{ source: "agents-skills-personal", folder: path.join(home, ".agents", "skills") }]
      : []),
    { source: "openclaw-managed", folder: managedFolder(stateDir) },
    { source: "openclaw-workshop", folder: workshopFolder(stateDir, agent.id), linkTargets: [] },
    ...(reference === undefined ? [] : bundled(reference, isCustodian)),
    ...list(load["extraDirs"]).map((folder) => place("openclaw-extra", expand(folder))),
    { source: "openclaw-extra", folder: pluginFolder(stateDir) },
  ];
}

function bundled(reference: string, isCustodian: boolean): SkillPlace[] {
  const own = {
    source: "openclaw-bundled",
    folder: path.join(reference, "skills"),
    isBundled: true,
  } as const;
  if (!isCustodian) return [own];
  return [own, { ...own, source: "openclaw-custodian", folder: path.join(reference, "custodian-skills") }];
}

function pluginFolder(stateDir: string): string {
  return path.join(stateDir, "plugin-skills");
}

/** Skills of the plugins that are on stand in one folder of links; the reference keeps the same folder. */
export async function linkPluginSkills(config: ConfigSource, reference: string): Promise<void> {
  const { stateDir } = config;
  const extensions = path.join(reference, "dist", "extensions");
  const names = (await readdir(extensions).catch(() => [])).slice(0, PLUGINS_MAX);
  for (const name of names) {
    const manifest = await readManifest(path.join(extensions, name));
    if (manifest === undefined || !isOn(manifest, config)) continue;
    for (const folder of list(manifest["skills"])) {
      await linkInto(pluginFolder(stateDir), path.join(extensions, name, folder));
    }
  }
}

async function readManifest(folder: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const content = await readFile(path.join(folder, "openclaw.plugin.json"), "utf8").catch(() => "");
  // Most plugins have no skills: these are not worth parsing.
  if (!content.includes('"skills"')) return undefined;
  return section({ manifest: parseJson(content) }, "manifest");
}

function isOn(manifest: Readonly<Record<string, unknown>>, config: ConfigSource): boolean {
  const entries = section(section(config.snapshot().source, "plugins"), "entries");
  const enabled = section(entries, text(manifest["id"]) ?? "")["enabled"];
  return typeof enabled === "boolean" ? enabled : manifest["enabledByDefault"] === true;
}

async function linkInto(folder: string, target: string): Promise<void> {
  const skills = await readdir(target, { withFileTypes: true }).catch(() => []);
  for (const skill of skills.filter((entry) => entry.isDirectory())) {
    await mkdir(folder, { recursive: true });
    // What stands there already is kept: the reference's own link, or a person's.
    await symlink(path.join(target, skill.name), path.join(folder, skill.name)).catch(() => undefined);
  }
}
