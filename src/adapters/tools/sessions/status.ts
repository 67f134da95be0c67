import { Arguments, answered } from "../arguments.ts";
import type { DeferredTool } from "../deferred-tool.ts";
import { QUIET } from "./answer.ts";
import { AGENT_VIEWER, type SessionToolParts } from "./parts.ts";
import { reach } from "./reach.ts";

export function statusTool({ sessions, clock }: SessionToolParts): DeferredTool {
  return {
    ...QUIET,
    name: "session_status",
    label: "Session Status",
    description: "Shows how a session stands: model, tokens, cost, state. Without a key it is this one.",
    parameters: { type: "object", properties: { sessionKey: { type: "string" } } },
    describe: (given) => new Arguments(given).text("sessionKey"),
    run: (given, context) =>
      answered("session_status", async () => {
        const named = new Arguments(given).text("sessionKey") ?? "current";
        const entry = await reach(sessions, named, context);
        const row = await sessions.row(entry.key, AGENT_VIEWER);
        const { modelProvider, model, contextTokens, status, effectiveQueueMode } = row ?? {};
        const lines = [
          `Time: ${new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone: "UTC" }).format(clock.now())} (UTC)`,
          `Model: ${String(modelProvider)}/${String(model)}`,
          `Tokens: ${entry.inputTokens ?? 0} in / ${entry.outputTokens ?? 0} out`,
          `Cost: $${(entry.estimatedCostUsd ?? 0).toFixed(4)}`,
          `Context: ${entry.totalTokens ?? 0}/${String(contextTokens)}`,
          `Session: ${entry.key} (${String(status ?? "idle")})`,
          `Queue: ${String(effectiveQueueMode)}`,
        ];
        const statusText = lines.join("\n");
        const { key: sessionKey, agentId } = entry;
        const details = { ok: true, sessionKey, agentId, changedModel: false, stateVersion: 0, statusText };
        return { text: statusText, isError: false, details };
      }),
  };
}
