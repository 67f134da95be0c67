import type { CallHints, Telemetry } from "../../domain/telemetry/index.ts";
import { named, operationOf, ours } from "./names.ts";
import type { RecentMap } from "./recent.ts";
import type { Place, Tracer } from "./tracer.ts";

/** The places of one run: the harness holds the run, and the run its calls. */
interface RunPlaces {
  readonly above: string | undefined;
  readonly harness: Place;
  readonly run: Place;
}

/** The reference's spans, told when what they describe is over. */
export function trace(
  tracer: Tracer,
  facts: {
    readonly apiOf: (provider: string) => string;
    readonly channelOf: (runId: string) => string;
    readonly hintsOf: (runId: string) => CallHints | undefined;
    readonly places: RecentMap<RunPlaces>;
    readonly usesLatestNames: boolean;
  },
): Telemetry {
  const { apiOf, channelOf, places } = facts;

  /** Runs that nobody saw begin have places as well: their parents are told when they end. */
  function placesOf(runId: string): RunPlaces {
    const known = places.get(runId);
    if (known !== undefined) return known;
    const above = facts.hintsOf(runId)?.traceparent;
    const harness = tracer.place(above);
    const fresh = { above, harness, run: tracer.place(harness) };
    places.set(runId, fresh);
    return fresh;
  }
  const model = (provider: string, name: string) => ({
    [facts.usesLatestNames ? "gen_ai.provider.name" : "gen_ai.system"]: named(provider),
    "gen_ai.request.model": named(name),
    "gen_ai.operation.name": operationOf(apiOf(provider)),
  });

  return {
    rpcReceived() {},
    rpcAnswered(method, seconds, outcome, hints) {
      const parent = hints.traceparent;
      tracer.end(tracer.place(parent), {
        name: "openclaw.gateway.rpc.response",
        seconds,
        parent,
        isError: outcome === "error",
        attributes: ours({
          "gateway.rpc.method": method,
          "gateway.rpc.phase": "response",
          "gateway.rpc.outcome": outcome,
        }),
      });
    },
    turnCreated: (_agent, runId) => void placesOf(runId),
    runEnded({ runId, provider, model: name, outcome, seconds }) {
      const { above, harness, run } = placesOf(runId);
      const channel = channelOf(runId);
      const isError = outcome === "error";
      const attributes = ours({ outcome, channel, provider, model: name });
      tracer.end(run, { name: "openclaw.run", parent: harness, seconds, isError, attributes });
      tracer.end(harness, {
        name: "openclaw.harness.run",
        parent: above,
        seconds,
        isError,
        attributes: { ...attributes, ...ours({ "harness.id": "openclaw" }) },
      });
      if (channel === "none") return;
      tracer.end(tracer.place(harness), {
        name: "openclaw.message.processed",
        parent: harness,
        seconds,
        isError,
        attributes: ours({ channel, outcome }),
      });
    },
    modelCalled({ runId, provider, model: name, outcome, seconds, firstPieceSeconds }) {
      const { run } = placesOf(runId);
      const api = apiOf(provider);
      tracer.end(tracer.place(run), {
        name: facts.usesLatestNames ? `${operationOf(api)} ${named(name)}` : "openclaw.model.call",
        kind: facts.usesLatestNames ? "client" : "internal",
        parent: run,
        seconds,
        isError: outcome === "error",
        attributes: {
          ...model(provider, name),
          ...ours({
            provider,
            model: name,
            api,
            transport: "http",
            "model_call.observation_unit": "request",
          }),
          ...(firstPieceSeconds === undefined
            ? {}
            : { "openclaw.model_call.time_to_first_byte_ms": Math.round(firstPieceSeconds * 1_000) }),
          ...(outcome === "completed" ? {} : { "error.type": outcome }),
        },
      });
    },
    tokensUsed({ runId, provider, model: name, tokens }) {
      const { run } = placesOf(runId);
      const { input = 0, output = 0, cache_read = 0, cache_write = 0 } = tokens;
      tracer.end(tracer.place(run), {
        name: "openclaw.model.usage",
        parent: run,
        seconds: 0,
        attributes: {
          ...ours({ channel: channelOf(runId), provider, model: name }),
          "openclaw.tokens.input": input,
          "openclaw.tokens.output": output,
          "openclaw.tokens.cache_read": cache_read,
          "openclaw.tokens.cache_write": cache_write,
          "openclaw.tokens.total": input + output + cache_read + cache_write,
          ...model(provider, name),
          "gen_ai.usage.input_tokens": input + cache_read + cache_write,
          "gen_ai.usage.output_tokens": output,
        },
      });
    },
    toolRan({ runId, name, outcome, seconds }) {
      const { run } = placesOf(runId);
      const tool = named(name);
      tracer.end(tracer.place(run), {
        name: "openclaw.tool.execution",
        parent: run,
        seconds,
        isError: outcome === "error",
        attributes: {
          "gen_ai.tool.name": tool,
          "gen_ai.operation.name": "execute_tool",
          ...ours({ toolName: tool, "tool.source": "core" }),
        },
      });
    },
  };
}

export type { RunPlaces };
