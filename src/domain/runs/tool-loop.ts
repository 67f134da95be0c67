import type { ToolCall } from "./provider.ts";
import type { Tool, ToolResult } from "./tools.ts";
import type { Turn } from "./turn.ts";

/** Characters of output per token of context, and the steps it is rounded down to: 16K, 32K or 64K characters. */
const OUTPUT_STEPS = [
  { contextWindowMin: 200_000, chars: 64_000 },
  { contextWindowMin: 100_000, chars: 32_000 },
] as const;
const OUTPUT_CHARS_SMALL = 16_000;

export interface FinishedCall {
  readonly call: ToolCall;
  readonly result: ToolResult;
}

export function outputCharsMax(contextWindow: number): number {
  return OUTPUT_STEPS.find((step) => contextWindow >= step.contextWindowMin)?.chars ?? OUTPUT_CHARS_SMALL;
}

/** Runs the calls of one answer side by side; the results come back in the order of the calls. */
export function runTools(
  turn: Turn,
  tools: readonly Tool[],
  calls: readonly ToolCall[],
): Promise<readonly FinishedCall[]> {
  return Promise.all(calls.map((call) => runTool(turn, tools, call)));
}

/** compat(chat/tools): `tool` events are for connections with the cap `tool-events`; `item` events are for all. */
async function runTool(turn: Turn, tools: readonly Tool[], call: ToolCall): Promise<FinishedCall> {
  const { broadcast, deps } = turn;
  const tool = tools.find((one) => one.name === call.name);
  const meta = tool?.describe(call.arguments);
  const startedAt = deps.clock.now();
  const commandBearing = tool?.isCommandBearing ?? false;
  const shown = {
    itemId: `tool:${call.id}`,
    toolCallId: call.id,
    name: call.name,
    kind: "tool",
    title: titleOf(call.name, meta),
    ...(meta === undefined ? {} : { meta }),
    commandBearing,
  };
  const telling = { name: call.name, toolCallId: call.id };
  broadcast.stream("item", { ...shown, phase: "start", status: "running", startedAt });
  broadcast.stream("tool", { phase: "start", ...telling, args: call.arguments }, "tool-events");
  const result = await resultOf(turn, tool, call, (text, details) => {
    const partialResult = { content: [{ type: "text", text }], details };
    broadcast.stream("tool", { phase: "update", ...telling, partialResult }, "tool-events");
    broadcast.stream("item", { ...shown, phase: "update", status: "running" });
  });
  const status = result.isError ? "failed" : "completed";
  broadcast.stream(
    "tool",
    {
      phase: "result",
      ...telling,
      ...(meta === undefined ? {} : { meta }),
      isError: result.isError,
      commandBearing,
      result: {
        content: [{ type: "text", text: result.text }],
        ...(result.details === undefined ? {} : { details: result.details }),
      },
    },
    "tool-events",
  );
  broadcast.stream("item", { ...shown, phase: "end", status, startedAt, endedAt: deps.clock.now() });
  return { call, result };
}

async function resultOf(
  turn: Turn,
  tool: Tool | undefined,
  call: ToolCall,
  onOutput: (text: string, details: unknown) => void,
): Promise<ToolResult> {
  if (tool === undefined) return { text: `Tool ${call.name} not found`, isError: true };
  try {
    return await tool.run(call.arguments, {
      agentId: turn.agent.id,
      sessionKey: turn.sessionKey,
      runId: turn.request.runId,
      callId: call.id,
      workspace: turn.agent.workspace,
      signal: turn.signal,
      outputCharsMax: outputCharsMax(turn.model.contextWindow),
      onOutput,
    });
  } catch (error) {
    turn.signal.throwIfAborted();
    turn.deps.log.error(
      { err: error, tool: call.name, runId: turn.request.runId },
      "a tool failed unexpectedly",
    );
    return {
      text: `${call.name} failed: ${error instanceof Error ? error.message : String(error)}`,
      isError: true,
    };
  }
}

function titleOf(name: string, meta: string | undefined): string {
  const title = name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ");
  return meta === undefined ? title : `${title} ${meta}`;
}
