import { parseJson } from "../../platform/json.ts";
import { isRecord, type JsonRecord, list, section, text } from "../config/index.ts";

/** What a hook says of itself at the head of its `HOOK.md`. */
export function readHookHead(front: JsonRecord, folderName: string) {
  const metadata = front["metadata"];
  const own = section(typeof metadata === "string" ? parseJson(metadata) : metadata, "openclaw");
  const requires = section(own, "requires");
  const name = text(front["name"]) ?? folderName;
  return {
    name,
    description: text(front["description"]) ?? "",
    hookKey: text(own["hookKey"]) ?? name,
    emoji: text(own["emoji"]),
    homepage: text(own["homepage"]) ?? text(front["homepage"]),
    events: list(own["events"]),
    isAlways: own["always"] === true,
    requires: {
      bins: [...list(requires["bins"])],
      anyBins: [...list(requires["anyBins"])],
      env: [...list(requires["env"])],
      config: [...list(requires["config"])],
      os: [...list(own["os"])],
    },
    install: (Array.isArray(own["install"]) ? own["install"] : []).flatMap(installerOf),
  };
}

function installerOf(value: unknown, index: number) {
  if (!isRecord(value)) return [];
  const kind = text(value["kind"]);
  if (kind === undefined) return [];
  return [
    {
      id: text(value["id"]) ?? `${kind}-${index}`,
      kind,
      label: text(value["label"]) ?? "Run installer",
      bins: [...list(value["bins"])],
    },
  ];
}
