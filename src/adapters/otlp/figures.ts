import type { Telemetry } from "../../domain/telemetry/index.ts";
import type { Meter } from "./meter.ts";
import { named, operationOf, ours } from "./names.ts";

/** The reference's metrics of what happens, as far as it happens here. */
export function measure(
  meter: Meter,
  facts: { readonly apiOf: (provider: string) => string; readonly channelOf: (runId: string) => string },
): Telemetry {
  const { channelOf } = facts;
  const ms = (seconds: number): number => seconds * 1_000;
  const count = (name: string, values: Readonly<Record<string, string>>): void =>
    meter.count(`openclaw.${name}`, "1", ours(values));
  const lasted = (name: string, values: Readonly<Record<string, string>>, seconds: number): void =>
    meter.record(`openclaw.${name}`, "ms", ours(values), ms(seconds));
  const isMessage = (runId: string): boolean => channelOf(runId) !== "none";

  return {
    rpcReceived: (method) => count("gateway.rpc.requests", { "gateway.rpc.method": method }),
    rpcAnswered(method, seconds, outcome) {
      lasted("gateway.rpc.first_response_ms", { "gateway.rpc.method": method }, seconds);
      count("gateway.rpc.outcomes", { "gateway.rpc.phase": "response", "gateway.rpc.outcome": outcome });
    },
    turnCreated(agent, runId) {
      const channel = channelOf(runId);
      count("session.turn.created", { agent, channel, trigger: "user" });
      if (!isMessage(runId)) return;
      count("message.received", { channel, source: "dispatchInboundMessage" });
      count("message.queued", { channel, source: "dispatch" });
      count("session.state", { state: "processing", reason: "message_start" });
      count("message.dispatch.started", { channel, source: "replyResolver" });
    },
    runEnded({ runId, provider, model, outcome, seconds }) {
      const channel = channelOf(runId);
      lasted("run.duration_ms", { channel, provider, model }, seconds);
      lasted("harness.duration_ms", { "harness.id": "openclaw", outcome }, seconds);
      if (!isMessage(runId)) return;
      count("message.dispatch.completed", { channel, outcome, source: "replyResolver" });
      lasted("message.dispatch.duration_ms", { channel, outcome, source: "replyResolver" }, seconds);
      count("message.processed", { channel, outcome });
      lasted("message.duration_ms", { channel, outcome }, seconds);
      count("session.state", { state: "idle", reason: "message_completed" });
    },
    modelCalled({ provider, model, outcome, seconds, firstPieceSeconds }) {
      const api = facts.apiOf(provider);
      const call = { provider, model, api, transport: "http", "model_call.observation_unit": "request" };
      lasted("model_call.duration_ms", call, seconds);
      if (firstPieceSeconds !== undefined) {
        lasted("model_call.time_to_first_byte_ms", call, firstPieceSeconds);
      }
      const operation = {
        "gen_ai.provider.name": named(provider),
        "gen_ai.operation.name": operationOf(api),
        "gen_ai.request.model": named(model),
        ...(outcome === "completed" ? {} : { "error.type": outcome }),
      };
      meter.record("gen_ai.client.operation.duration", "s", operation, seconds);
    },
    tokensUsed({ agentId, runId, provider, model, tokens, costUsd }) {
      const channel = channelOf(runId);
      for (const [token, used] of Object.entries(tokens)) {
        if (used === 0) continue;
        meter.count("openclaw.tokens", "1", ours({ token, channel, provider, model, agent: agentId }), used);
      }
      if (costUsd > 0) meter.count("openclaw.cost.usd", "1", ours({ channel, provider, model }), costUsd);
      const { input = 0, output = 0, cache_read = 0, cache_write = 0 } = tokens;
      const prompt = input + cache_read + cache_write;
      meter.record(
        "openclaw.context.tokens",
        "1",
        ours({ context: "used", channel, provider, model }),
        prompt,
      );
      for (const [kind, used] of [
        ["input", prompt],
        ["output", output],
      ] as const) {
        const usage = {
          "gen_ai.token.type": kind,
          "gen_ai.provider.name": named(provider),
          "gen_ai.operation.name": operationOf(facts.apiOf(provider)),
          "gen_ai.request.model": named(model),
        };
        meter.record("gen_ai.client.token.usage", "{token}", usage, used);
      }
    },
    toolRan({ name, seconds }) {
      const tool = named(name);
      const attributes = { "gen_ai.tool.name": tool, ...ours({ toolName: tool, "tool.source": "core" }) };
      meter.record("openclaw.tool.execution.duration_ms", "ms", attributes, ms(seconds));
    },
  };
}
