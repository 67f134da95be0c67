import { invalidRequest } from "../../errors/protocol-error.ts";
import { isRecord } from "../config/index.ts";

const NAME_CHARS_MAX = 60;
/** What a job is called that says nothing by which it could be called. */
const NAMELESS = "Automation";
const TARGETS = ["main", "isolated", "current"];
const WAKE_MODES = ["now", "next-heartbeat"];

type Members = Readonly<Record<string, unknown>>;

/**
 * A new job as it is meant: without a name it is named after what it says or runs, and where it runs and when it wakes
 * follow from its payload unless something that can be is given. compat(cron/jobs): clients send all sorts of things.
 */
export function settledDraft(params: unknown): unknown {
  // Without a payload there is nothing that anything could follow from.
  if (!isRecord(params) || !isRecord(params["payload"])) return params;
  const { payload } = params;
  const isEvent = payload["kind"] === "systemEvent";
  const given = settledMembers(params, "cron.add");
  const name: unknown = params["name"];
  return {
    ...given,
    ...(typeof name === "string" && name.trim() !== "" ? {} : { name: nameAfter(payload) }),
    ...(given["sessionTarget"] === undefined ? { sessionTarget: isEvent ? "main" : "isolated" } : {}),
    ...(given["wakeMode"] === undefined ? { wakeMode: "now" } : {}),
  };
}

/** The same for a change, from which nothing else follows. */
export function settledPatch(params: unknown): unknown {
  if (!isRecord(params) || !isRecord(params["patch"])) return params;
  return { ...params, patch: settledMembers(params["patch"], "cron.update") };
}

/** Without places and moments that there are not. */
function settledMembers(members: Members, method: string): Members {
  const { sessionTarget, wakeMode, ...rest } = members;
  const target = targetOf(sessionTarget, method);
  const mode = typeof wakeMode === "string" ? wakeMode.trim().toLowerCase() : "";
  return {
    ...rest,
    ...(target === undefined ? {} : { sessionTarget: target }),
    ...(WAKE_MODES.includes(mode) ? { wakeMode: mode } : {}),
  };
}

function targetOf(target: unknown, method: string): string | undefined {
  if (typeof target !== "string") return undefined;
  const text = target.trim();
  if (TARGETS.includes(text.toLowerCase())) return text.toLowerCase();
  if (!text.startsWith("session:")) return undefined;
  if (text.slice("session:".length).trim() !== "") return text;
  throw invalidRequest(`invalid ${method} params: invalid cron sessionTarget session id`);
}

function nameAfter(payload: Members): string {
  const { text, message, argv } = payload;
  const said = [text, message, Array.isArray(argv) ? argv.join(" ") : ""];
  const line = said.find((one) => typeof one === "string" && one.trim() !== "");
  const first = typeof line === "string" ? line.trim().split("\n", 1)[0] : undefined;
  return first?.slice(0, NAME_CHARS_MAX) ?? NAMELESS;
}
