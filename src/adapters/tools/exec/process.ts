import { cutMiddle, type Tool, type ToolContext, type ToolResult } from "../../../domain/runs/index.ts";
import { type Clock, pause } from "../../../platform/clock.ts";
import { ArgumentError, Arguments, answered } from "../arguments.ts";
import type { CommandProcess, Processes } from "./processes.ts";

const ACTIONS = ["list", "poll", "log", "write", "send-keys", "submit", "paste", "kill", "clear", "remove"];
const POLL_MAX_MS = 120_000;

/** Keys that have a name; anything else is sent as it is. */
const KEYS: Readonly<Record<string, string>> = {
  Enter: "\r",
  Tab: "\t",
  Escape: "\u001b",
  Space: " ",
  BSpace: "\u007f",
  "C-c": "\u0003",
  "C-d": "\u0004",
  Up: "\u001b[A",
  Down: "\u001b[B",
  Right: "\u001b[C",
  Left: "\u001b[D",
};

export function processTool({ processes, clock }: { processes: Processes; clock: Clock }): Tool {
  return {
    name: "process",
    description: "Follows and steers commands that exec left in the background.",
    parameters: {
      type: "object",
      required: ["action"],
      properties: {
        action: { type: "string", enum: ACTIONS },
        sessionId: { type: "string" },
        data: { type: "string" },
        keys: { type: "array", items: { type: "string" } },
        hex: { type: "array", items: { type: "string" } },
        literal: { type: "string" },
        text: { type: "string" },
        bracketed: { type: "boolean" },
        eof: { type: "boolean" },
        offset: { type: "number" },
        limit: { type: "number" },
        timeout: { type: "number", minimum: 0 },
      },
    },
    isCommandBearing: true,
    isInOrder: false,
    describe(given) {
      const args = new Arguments(given);
      return [args.text("action"), args.text("sessionId")].filter((word) => word !== undefined).join(" ");
    },
    run: (given, context) => answered("process", () => act(new Arguments(given), context, processes, clock)),
  };
}

async function act(
  args: Arguments,
  context: ToolContext,
  processes: Processes,
  clock: Clock,
): Promise<ToolResult> {
  const action = args.requiredText("action");
  if (!ACTIONS.includes(action)) throw new ArgumentError(`Unknown action ${action}`);
  if (action === "list") return said(listText(processes.list(context.agentId)));
  const id = args.requiredText("sessionId");
  const child = processes.get(context.agentId, id);
  if (child === undefined) throw new Error(`No session found for ${id}`);
  switch (action) {
    case "poll":
      return poll(child, args, context, clock);
    case "log":
      return said(logText(child, args, context.outputCharsMax));
    case "kill":
      child.kill("signal");
      return said(`Termination requested for session ${id}.`);
    case "clear":
      if (child.end === undefined) throw new Error(`Session ${id} is still running; kill it first.`);
      processes.forget(id);
      return said(`Cleared session ${id}.`);
    case "remove":
      child.kill("signal");
      processes.forget(id);
      return said(`Removed session ${id}.`);
    default:
      return input(child, action, args);
  }
}

async function poll(
  child: CommandProcess,
  args: Arguments,
  context: ToolContext,
  clock: Clock,
): Promise<ToolResult> {
  const waitMs = Math.min(args.number("timeout") ?? 0, POLL_MAX_MS);
  const isOver = new AbortController();
  await Promise.race([child.ended, pause(clock, waitMs, AbortSignal.any([isOver.signal, context.signal]))]);
  isOver.abort();
  context.signal.throwIfAborted();
  const fresh = cutMiddle(child.drain().trimEnd(), context.outputCharsMax);
  return said(`${fresh || "(no new output)"}\n\n${stateText(child)}`);
}

function input(child: CommandProcess, action: string, args: Arguments): ToolResult {
  const data = {
    write: args.text("data") ?? "",
    submit: "\n",
    paste: args.text("text") ?? args.text("data") ?? "",
    "send-keys":
      (args.text("literal") ?? "") +
      args
        .list("keys")
        .map((key) => KEYS[String(key)] ?? String(key))
        .join("") +
      args
        .list("hex")
        .map((byte) => Buffer.from(String(byte), "hex").toString("latin1"))
        .join(""),
  }[action];
  if (data === undefined || !child.write(data, args.flag("eof"))) {
    throw new Error(`Session ${child.id} does not take input any more.`);
  }
  return said(`Wrote ${Buffer.byteLength(data)} bytes to session ${child.id}.`);
}

function logText(child: CommandProcess, args: Arguments, charsMax: number): string {
  const lines = child.output.split("\n");
  const limit = args.number("limit") ?? 200;
  const offset = args.number("offset") ?? Math.max(0, lines.length - limit);
  const dropped = child.droppedChars === 0 ? "" : `[${child.droppedChars} earlier characters were dropped]\n`;
  return `${dropped}${cutMiddle(lines.slice(offset, offset + limit).join("\n"), charsMax)}\n\n${stateText(child)}`;
}

function listText(children: readonly CommandProcess[]): string {
  if (children.length === 0) return "No running or recent sessions.";
  return children
    .map((child) => `${child.id} ${child.end === undefined ? "running" : "finished"} :: ${child.command}`)
    .join("\n");
}

function stateText(child: CommandProcess): string {
  const { end } = child;
  if (end === undefined) return "Process still running.";
  return end.signal === null
    ? `Process exited with code ${end.exitCode}.`
    : `Process exited with signal ${end.signal}.`;
}

function said(text: string): ToolResult {
  return { text, isError: false };
}
