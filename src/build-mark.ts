import { readFile } from "node:fs/promises";
import path from "node:path";
import { REFERENCE_BUILD_ID } from "../schemas/reference.ts";
import { type ConfigSource, isRecord, text } from "./domain/config/index.ts";
import { parseJson } from "./platform/json.ts";
import { findControlUiRoot } from "./transport/control-ui/root.ts";

/** By what a Control UI knows whether it is the one that goes with the gateway. */
export interface BuildMark {
  readonly buildId: string;
  readonly controlUiBuildSource: "bundled" | "configured";
}

/**
 * The mark of the Control UI that is served, so that it finds itself in it and never asks to be reloaded; of the
 * frozen reference when there is none. Looked for beside the start, which does not wait.
 */
export function composeBuildMark(config: ConfigSource, searchPath: string): () => BuildMark {
  let buildId: string = REFERENCE_BUILD_ID;
  const { root } = config.current().gateway.controlUi;
  if (root !== undefined) return () => ({ buildId, controlUiBuildSource: "configured" });
  void findControlUiRoot({ path: searchPath, besides: [path.dirname(config.path)] })
    .then((found) => (found === undefined ? undefined : buildOf(found)))
    .then((found) => {
      buildId = found ?? buildId;
    });
  return () => ({ buildId, controlUiBuildSource: "bundled" });
}

/** A package says beside its Control UI what it was built as. */
async function buildOf(controlUiRoot: string): Promise<string | undefined> {
  try {
    const info = parseJson(await readFile(path.join(controlUiRoot, "..", "build-info.json"), "utf8"));
    return isRecord(info) ? text(info["buildId"]) : undefined;
  } catch {
    return undefined;
  }
}
