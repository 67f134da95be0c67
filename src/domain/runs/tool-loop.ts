import { stuckResult } from "./loop-watch.ts";
import type { ImagePart, ToolCall } from "./provider.ts";
import { checkArguments } from "./tool-arguments.ts";
import type { Tool, ToolResult } from "./tools.ts";
import type { Turn } from "./turn.ts";

/** Characters of output per token of context, and the steps it is rounded down to: 16K, 32K or 64K characters. */
const OUTPUT_STEPS = [
  { contextWindowMin: 200_000, chars: 64_000 },
  { contextWindowMin: 100_000, chars: 32_000 },
] as const;
const OUTPUT_CHARS_SMALL = 16_000;

/** Characters of a result that are counted at all. */
const RESULT_CHARS_MAX = 64_000;
/** Characters of a result that the events of its call carry. */
const EVENT_CHARS_MAX = 8_000;

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
  const isInOrder = (call: ToolCall) => tools.find((tool) => tool.name === call.name)?.isInOrder ?? false;
  let before: Promise<unknown> = Promise.resolve();
  return Promise.all(
    calls.map((call) => {
      const finished = runTool(turn, tools, call, isInOrder(call) ? before : Promise.resolve());
      if (isInOrder(call)) before = finished;
      return finished;
    }),
  );
}

/** compat(RN14): `tool` events are for connections with the cap `tool-events`; the others are for all. */
async function runTool(
  turn: Turn,
  tools: readonly Tool[],
  call: ToolCall,
  before: Promise<unknown>,
): Promise<FinishedCall> {
  const { deps } = turn;
  const tool = tools.find((one) => one.name === call.name);
  const telling = teller(turn, tool, call);
  const startedAt = deps.clock.now();
  telling.item({ phase: "start", status: "running", startedAt });
  turn.task.onTool(call.name);
  telling.tool({ phase: "start", args: call.arguments });
  await before;
  const isStuck = turn.loopWatch?.isStuck(call) === true;
  const run = isStuck ? async () => stuckResult(call) : resultOf;
  const result = fitted(
    await run(turn, tool, call, (text, details) => {
      telling.tool({ phase: "update", partialResult: { content: [{ type: "text", text }], details } });
      telling.item({ phase: "update", status: "running" });
      telling.command({ phase: "delta", output: text.trimEnd(), status: "running" });
    }),
    outputCharsMax(turn.model.contextWindow),
  );
  if (!isStuck) turn.loopWatch?.note(call, result);
  telling.tool({
    phase: "result",
    ...(telling.meta === undefined ? {} : { meta: telling.meta }),
    isError: result.isError,
    commandBearing: telling.commandBearing,
    result: {
      content: [{ type: "text", text: shortened(result.text) }, ...(result.images ?? []).map(omitted)],
      details: result.details ?? {},
    },
    ...(result.summary === undefined ? {} : { toolErrorSummary: result.summary }),
  });
  const [error] = result.error?.split("\n") ?? [];
  telling.item({
    phase: "end",
    status: statusOf(tool, result),
    startedAt,
    endedAt: deps.clock.now(),
    ...(error === undefined ? {} : { error }),
  });
  if (result.command !== undefined) {
    const { hasFailed: _, ...command } = result.command;
    telling.command({ phase: "end", status: "completed", ...command });
  }
  if (result.command === undefined && telling.commandBearing && result.isError)
    telling.command({ phase: "end", output: result.text, status: statusOf(tool, result) });
  return { call, result };
}

/** compat(RN22): what a model is given of a long result is its beginning, and how much more there was. */
function fitted(result: ToolResult, charsMax: number): ToolResult {
  const { text } = result;
  if (text.length <= charsMax) return result;
  const whole = text.slice(0, RESULT_CHARS_MAX);
  const notice = (more: number) =>
    `[... ${more} more characters truncated; rerun with narrower args if needed]`;
  const kept = whole.slice(0, charsMax - notice(whole.length - charsMax).length).trimEnd();
  return { ...result, text: `${kept}${notice(whole.length - kept.length)}` };
}

/** compat(RN14): clients see the beginning of a long result. */
function shortened(text: string): string {
  return text.length <= EVENT_CHARS_MAX ? text : `${text.slice(0, EVENT_CHARS_MAX)}\n…(truncated)…`;
}

/** A picture as an event tells of it. */
function omitted({ mimeType, base64 }: ImagePart) {
  return { type: "image", mimeType, bytes: Buffer.byteLength(base64, "base64"), omitted: true };
}

function statusOf(tool: Tool | undefined, result: ToolResult): string {
  if (tool === undefined || result.isBlocked === true) return "blocked";
  return result.isError || result.command?.hasFailed === true ? "failed" : "completed";
}

/** Tools whose name on a screen is not the one they are called by. */
const LABELS: Readonly<Record<string, string>> = {
  agents_list: "Agents",
  sessions_history: "Session History",
  sessions_list: "Session List",
  sessions_send: "Session Send",
  sessions_spawn: "Sessions",
};

/** The events of one call; each says again what the call is. */
function teller(turn: Turn, tool: Tool | undefined, call: ToolCall) {
  const { broadcast } = turn;
  const meta = tool?.describe(call.arguments);
  const commandBearing = tool?.isCommandBearing ?? false;
  const title = titleOf(LABELS[call.name] ?? call.name, meta);
  const identity = { toolCallId: call.id, name: call.name };
  return {
    meta,
    commandBearing,
    item: (data: Readonly<Record<string, unknown>>) =>
      broadcast.stream("item", {
        itemId: `tool:${call.id}`,
        ...identity,
        kind: "tool",
        title,
        ...(meta === undefined ? {} : { meta }),
        commandBearing,
        ...data,
      }),
    tool: (data: Readonly<Record<string, unknown>>) =>
      broadcast.stream("tool", { ...identity, ...data }, "tool-events", turn.chatFacts),
    command: (data: Readonly<Record<string, unknown>>) =>
      broadcast.stream("command_output", {
        itemId: `command:${call.id}`,
        title: meta === undefined ? `${call.name} command` : `command ${meta}`,
        ...identity,
        ...data,
      }),
  };
}

async function resultOf(
  turn: Turn,
  tool: Tool | undefined,
  call: ToolCall,
  onOutput: (text: string, details: unknown) => void,
): Promise<ToolResult> {
  if (tool === undefined) {
    const text = `Tool ${call.name} not found`;
    return { text, isError: true, error: text };
  }
  const checked = checkArguments(tool, call.arguments);
  if ("refused" in checked) return checked.refused;
  try {
    return await tool.run(checked.args, {
      agentId: turn.agent.id,
      sessionKey: turn.sessionKey,
      runId: turn.request.runId,
      callId: call.id,
      workspace: turn.agent.workspace,
      signal: turn.signal,
      onNested: (name) => turn.task.onTool(name),
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
