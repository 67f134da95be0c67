import { section } from "../config/index.ts";
import type { CommandAnswer, CommandContext } from "./context.ts";

const TARGET = "[session-key|session-id|session-label]";
const SPAWN =
  "/acp spawn [harness-id] [--mode persistent|oneshot] [--thread auto|here|off] [--bind here|off] [--cwd <path>] [--label <label>]";

/** What stands behind each action that changes a session of another agent program. */
const NEEDS: Readonly<Record<string, string>> = {
  "set-mode": "<mode>",
  set: "<key> <value>",
  cwd: "<path>",
  permissions: "<profile>",
  timeout: "<seconds>",
  model: "<model-id>",
};
const ON_SESSION = new Set(["cancel", "steer", "close", "status", "reset-options"]);

/** Sessions of other agent programs: this gateway runs none, and says what one would need. */
export function acp({ argument, request, config }: CommandContext): CommandAnswer {
  const [action = "", ...words] = argument.split(/\s+/).filter(Boolean);
  const name = action.toLowerCase();
  if (name === "sessions") return { text: "ACP sessions:\n-----\n(none)" };
  const needs = NEEDS[name];
  if (needs !== undefined && words.length < needs.split(" ").length) {
    return { text: `⚠️ Usage: /acp ${name} ${needs} ${TARGET}` };
  }
  if (needs !== undefined || ON_SESSION.has(name)) {
    return {
      text: `ACP error (ACP_SESSION_INIT_FAILED): Session is not ACP-enabled: ${request.sessionKey}\nnext: If this session is stale, recreate it with \`/acp spawn\` and rebind the thread.`,
    };
  }
  if (name === "install") {
    return {
      text: [
        "ACP install:\n-----",
        "configuredBackend: acpx",
        "run: openclaw plugins install acpx",
        "then: openclaw config set plugins.entries.acpx.enabled true",
        "then: /acp doctor",
      ].join("\n"),
    };
  }
  const hasDefault = typeof section(config.snapshot().source, "acp")["defaultAgent"] === "string";
  if (name === "spawn" && !hasDefault && (words[0] === undefined || words[0].startsWith("--"))) {
    return {
      text: `⚠️ ACP target harness id is required. Pass an ACP harness id (for example codex) or configure acp.defaultAgent. Usage: ${SPAWN}.`,
    };
  }
  if (name === "spawn" || name === "doctor") {
    return {
      text: "ACP error (ACP_BACKEND_MISSING): ACP runtime backend is not configured. Install and enable the acpx runtime plugin.",
    };
  }
  const lines = [
    SPAWN,
    ...["cancel", "close", "status"].map((one) => `/acp ${one} ${TARGET}`),
    ...Object.entries(NEEDS).map(([one, what]) => `/acp ${one} ${what} ${TARGET}`),
    "/acp sessions",
    "/acp install",
  ];
  return { text: ["ACP commands:\n-----", ...lines].join("\n") };
}
