import { createHash } from "node:crypto";
import { REFERENCE_VERSION } from "../../../schemas/reference.ts";
import type { Manifest, Plugins } from "./index.ts";

type Opaque = Record<string, unknown>;

/** The members that every plugin has; what else a row holds depends on where the plugin comes from. */
export interface PluginRow extends Opaque {
  readonly id: string;
  readonly name: string;
  readonly installed: boolean;
  readonly enabled: boolean;
  readonly state: string;
  readonly runtime: { readonly state: string };
}

export interface Inspection {
  readonly ok: true;
  readonly plugin: Opaque;
  readonly source: Opaque;
  readonly declared: Record<string, string[]>;
  readonly grants: Opaque;
  readonly components: Opaque;
  readonly overview?: Opaque;
  readonly credentials?: Opaque[];
  readonly reviewToken: string;
  readonly decisions: never[];
}

/** Those that are featured first, in their order; the rest by name. */
export function inOrder(manifests: readonly Manifest[]): readonly Manifest[] {
  const placeOf = ({ featuredOrder }: Manifest): number => featuredOrder ?? Number.POSITIVE_INFINITY;
  return manifests.toSorted((one, other) => {
    const [a, b] = [placeOf(one), placeOf(other)];
    return a === b ? byName(one, other) : a - b;
  });
}

export function byName(one: Manifest, other: Manifest): number {
  return one.name.toLowerCase().localeCompare(other.name.toLowerCase());
}

/** One plugin of `plugins.list`. */
export function rowOf(manifest: Manifest, plugins: Plugins): PluginRow {
  const { id, name, about, packageName, featuredOrder, channels, category, categories } = manifest;
  const runtime = { state: plugins.isLoaded(id) ? "active" : "unloaded" };
  const featured = featuredOrder === undefined ? {} : { featured: true, order: featuredOrder };
  if (manifest.isOnByDefault === undefined) {
    const install = { source: "official", pluginId: id };
    const absent = { origin: "official", installed: false, enabled: false, state: "not-installed" };
    return {
      id,
      name,
      packageName,
      description: about,
      kind: ["plugin"],
      ...absent,
      ...featured,
      install,
      runtime,
    };
  }
  const enabled = plugins.isEnabled(manifest);
  return {
    id,
    name,
    installed: true,
    enabled,
    state: stateOf(enabled),
    removable: false,
    ...packageOf(manifest),
    ...optional("clawhubPackage", manifest.clawhubPackage),
    description: about,
    ...optional("kind", manifest.kind),
    origin: "bundled",
    ...featured,
    hasIcon: true,
    hasActivityIcon: true,
    ...optional("activityIconTools", manifest.activityIconTools),
    ...optional("channelIds", channels),
    ...optional("category", category),
    ...optional("categories", categories),
    ...optional("catalogId", manifest.catalogId),
    runtime,
  };
}

/** Everything about one plugin, for somebody who decides whether to switch it on. */
export function inspectionOf(manifest: Manifest, plugins: Plugins): Inspection {
  const { id, name, about, skills = [], cliCommands = [] } = manifest;
  const isInstalled = manifest.isOnByDefault !== undefined;
  const declared = declaredOf(manifest);
  const { version } = packageOf(manifest);
  return {
    ok: true,
    plugin: {
      id,
      name,
      description: about,
      ...(isInstalled ? optional("version", version) : {}),
      origin: isInstalled ? "bundled" : "official",
      installed: isInstalled,
      enabled: plugins.isEnabled(manifest),
    },
    source: isInstalled
      ? { kind: "bundled" }
      : { kind: "official-catalog", spec: manifest.packageName, packageName: manifest.packageName },
    declared,
    grants: {
      hooks: {
        allowPromptInjection: { effective: true },
        allowConversationAccess: { effective: isInstalled },
      },
    },
    components: {
      mapped: [...(skills.length > 0 ? ["skills"] : []), ...(cliCommands.length > 0 ? ["commands"] : [])],
      skills: skills.map((skill) => skill.name),
      ...(isInstalled ? { skillDetails: skills } : {}),
      mcpServers: [],
      commands: cliCommands,
      hooks: [],
      lspServers: [],
      unavailable: { capabilities: [], mcpServers: [], lspServers: [] },
    },
    ...(isInstalled
      ? {
          overview: optional("repositoryUrl", manifest.repositoryUrl),
          credentials: (manifest.credentials ?? []).map((one) => ({ ...one })),
        }
      : {}),
    reviewToken: reviewTokenOf(declared),
    decisions: [],
  };
}

export function stateOf(isEnabled: boolean): "enabled" | "disabled" {
  return isEnabled ? "enabled" : "disabled";
}

/** Bundled plugins that are packages of their own carry the version of what they came with. */
export function packageOf({ packageName }: Manifest): { packageName?: string; version?: string } {
  return packageName === undefined ? {} : { packageName, version: REFERENCE_VERSION };
}

export function optional<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  // A computed key widens to a string; the type says which one it is.
  return value === undefined ? {} : ({ [key]: value } as { [key in K]?: V });
}

/** What a plugin says it brings, by kind. */
function declaredOf(manifest: Manifest): Record<string, string[]> {
  const tools = [...(manifest.tools ?? [])];
  return {
    channels: [...(manifest.channels ?? [])],
    providers: [...(manifest.providers ?? [])],
    tools,
    contracts: [...(manifest.contracts ?? []), ...tools.map((tool) => `tools: ${tool}`)].toSorted(),
    hooks: [],
    mcpServers: [],
    cliCommands: [...(manifest.cliCommands ?? [])],
    cliBackends: [...(manifest.cliBackends ?? [])],
    skills: (manifest.skills ?? []).length > 0 ? ["./skills"] : [],
    dangerousConfigFlags: [...(manifest.dangerousConfigFlags ?? [])],
  };
}

/** Stands for exactly these declarations: consent to them is none to others. */
function reviewTokenOf(declared: Record<string, readonly string[]>): string {
  const sorted = Object.fromEntries(
    Object.entries(declared).map(([kind, names]) => [kind, names.toSorted()]),
  );
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex");
}
