import type { Manifest, Plugins } from "./index.ts";
import { byName, optional, packageOf, stateOf } from "./listing.ts";

type Opaque = Record<string, unknown>;

export interface CatalogItem {
  readonly id: string;
  readonly catalog: Opaque;
  readonly local: Opaque;
}

const PREFIX = "local_";

export interface CatalogQuery {
  readonly query?: string;
  readonly intent?: "all" | "bundled" | "trending" | "official" | "featured";
  readonly category?: string;
}

/** What is here without a network: the bundled plugins, as the shop window shows them. */
export function browseLocally(
  manifests: readonly Manifest[],
  { query, intent, category }: CatalogQuery,
  plugins: Plugins,
): CatalogItem[] {
  if (intent === "trending" || intent === "official" || intent === "featured") return [];
  const words = query?.trim().toLowerCase() ?? "";
  const isMarked = words !== "" || intent === "bundled";
  return manifests
    .filter(({ isOnByDefault }) => isOnByDefault !== undefined)
    .filter(({ catalogId }) => intent !== "bundled" || catalogId === undefined)
    .filter((manifest) => words === "" || haystackOf(manifest).includes(words))
    .filter(({ categories = [] }) => category === undefined || categories.includes(category))
    .toSorted(byName)
    .map((manifest) => itemOf(manifest, plugins, isMarked));
}

/** The manifest behind an identity of the catalogue, when it is here. */
export function localPlugin(id: string, manifests: readonly Manifest[]): Manifest | undefined {
  return manifests.find(
    (manifest) =>
      manifest.isOnByDefault !== undefined && (manifest.catalogId ?? identityOf(manifest.id)) === id,
  );
}

export function isLocalIdentity(id: string): boolean {
  return id.startsWith(PREFIX);
}

export function detailOf(manifest: Manifest, plugins: Plugins): { plugin: CatalogItem; detail: Opaque } {
  return {
    plugin: itemOf(manifest, plugins, false),
    detail: {
      origin: "local",
      ...optional("packageName", manifest.packageName),
      topics: [],
      ...optional("repositoryUrl", manifest.repositoryUrl),
      configuration: [],
      mcpServers: [],
      skills: [],
      versions: [],
    },
  };
}

function itemOf(manifest: Manifest, plugins: Plugins, isMarked: boolean): CatalogItem {
  const { id, name, about, categories = [], catalogId } = manifest;
  const { packageName, version } = packageOf(manifest);
  const enabled = plugins.isEnabled(manifest);
  return {
    id: catalogId ?? identityOf(id),
    catalog: {
      name,
      ...optional("packageName", packageName),
      summary: about,
      official: false,
      categories,
      ...(isMarked || catalogId !== undefined ? { publishedToClawHub: catalogId !== undefined } : {}),
      ...optional("latestVersion", version),
    },
    local: {
      present: true,
      installed: true,
      enabled,
      state: stateOf(enabled),
      pluginId: id,
      action: "manage",
    },
  };
}

function identityOf(pluginId: string): string {
  return `${PREFIX}${Buffer.from(pluginId).toString("base64url")}`;
}

function haystackOf({ id, name, about, packageName = "" }: Manifest): string {
  return [id, name, about, packageName].join("\n").toLowerCase();
}
