import { access } from "node:fs/promises";
import path from "node:path";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Hub } from "./hub.ts";
import type { Manifest } from "./manifest.ts";

/** Where a plugin is to come from, as far as looking for it depends on it. */
export type InstallSource =
  | { readonly source: "official" | "bundled"; readonly pluginId: string }
  | { readonly source: "local"; readonly path: string }
  | { readonly source: "npm-pack"; readonly archivePath: string }
  | { readonly source: "clawhub" | "npm" | "git" | "marketplace" };

/**
 * Looks for what is to be installed, and comes back with the bundled plugin when it is one. Everything else is a
 * program for the reference's own runtime, of which there is nothing here: it is refused, at the latest when found.
 */
export async function findToInstall(
  wanted: InstallSource,
  manifests: readonly Manifest[],
  hub: Hub,
): Promise<Manifest> {
  switch (wanted.source) {
    case "official": {
      const entry = manifests.find((one) => one.id === wanted.pluginId && one.isOnByDefault === undefined);
      if (entry === undefined)
        throw invalidRequest(`unknown official plugin catalog entry: ${wanted.pluginId}`);
      const spec = `clawhub:${entry.packageName ?? entry.id}`;
      throw rejected((await hub.failure()).chain, { pluginInstallSource: { source: "clawhub", spec } });
    }
    case "bundled": {
      const found = manifests.find((one) => one.id === wanted.pluginId && one.isOnByDefault !== undefined);
      if (found === undefined) throw invalidRequest(`Unknown bundled plugin: ${wanted.pluginId}`);
      return found;
    }
    case "local": {
      const place = path.resolve(wanted.path);
      if (!(await exists(place))) throw rejected(`path not found: ${place}`);
      if (!(await exists(path.join(place, "package.json")))) {
        throw rejected("extracted package missing package.json");
      }
      throw foreign();
    }
    case "npm-pack":
      if (!(await exists(wanted.archivePath))) throw rejected(`archive not found: ${wanted.archivePath}`);
      throw foreign();
    case "clawhub":
      throw rejected((await hub.failure()).chain);
    default:
      throw foreign();
  }
}

/** What was found and cannot be taken. */
function rejected(message: string, more: Readonly<Record<string, unknown>> = {}): ProtocolError {
  return new ProtocolError("UNAVAILABLE", message, {
    retryable: false,
    details: { pluginInstallRejected: true, ...more },
  });
}

function foreign(): ProtocolError {
  return rejected("This gateway runs no plugins from elsewhere.");
}

async function exists(place: string): Promise<boolean> {
  try {
    await access(place);
    return true;
  } catch {
    return false;
  }
}
