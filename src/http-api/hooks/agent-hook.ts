import { isRecord } from "../answers.ts";
import { said, type WakeMode } from "./settings.ts";

/** A turn that a hook asks for. */
export interface AgentHook {
  readonly message: string;
  readonly name: string;
  readonly agentId: string | undefined;
  readonly sessionKey: string | undefined;
  readonly isPersistent: boolean;
  readonly idempotencyKey: string | undefined;
  readonly waits: boolean;
  readonly wakeMode: WakeMode;
  readonly deliver: boolean;
  readonly channel: string | undefined;
  readonly to: string | undefined;
  readonly model: string | undefined;
  readonly thinking: string | undefined;
  readonly timeoutSeconds: number | undefined;
}

export interface WakeHook {
  readonly text: string;
  readonly mode: WakeMode;
  readonly agentId: string | undefined;
  readonly sessionKey: string | undefined;
}

type Payload = Readonly<Record<string, unknown>>;

export function readWake(payload: Payload): WakeHook | string {
  const text = said(payload["text"]);
  if (text === undefined) return "text required";
  return {
    text,
    mode: payload["mode"] === "next-heartbeat" ? "next-heartbeat" : "now",
    agentId: said(payload["agentId"]),
    sessionKey: said(payload["sessionKey"]),
  };
}

export function readAgentHook(payload: Payload): AgentHook | string {
  const message = said(payload["message"]);
  if (message === undefined) return "message required";
  const { model, timeoutSeconds: seconds } = payload;
  const deliver = payload["deliver"] !== false;
  const problem = wordsProblem(payload) ?? (deliver ? destinationProblem(payload) : undefined);
  if (problem !== undefined) return problem;
  const [channel, to] = ["channel", "to"].map((name) => said(payload[name]));
  return {
    message,
    name: said(payload["name"]) ?? "Hook",
    agentId: said(payload["agentId"]),
    sessionKey: said(payload["sessionKey"]),
    isPersistent: payload["sessionMode"] === "persistent",
    idempotencyKey: said(payload["idempotencyKey"]),
    waits: payload["waitForCompletion"] === true,
    wakeMode: payload["wakeMode"] === "next-heartbeat" ? "next-heartbeat" : "now",
    deliver,
    channel: deliver ? channel : undefined,
    to: deliver ? to : undefined,
    model: said(model),
    thinking: said(payload["thinking"]),
    timeoutSeconds: typeof seconds === "number" && seconds >= 1 ? Math.floor(seconds) : undefined,
  };
}

/** What has to be one of a few words, or something at all, where it is given. */
function wordsProblem(payload: Payload): string | undefined {
  const { agentId, model, sessionMode, waitForCompletion } = payload;
  if (agentId !== undefined && said(agentId) === undefined) return "agentId must be a non-empty string";
  if (model !== undefined && said(model) === undefined) return "model required";
  if (sessionMode !== undefined && sessionMode !== "isolated" && sessionMode !== "persistent") {
    return "sessionMode must be isolated or persistent";
  }
  const isAnswer = waitForCompletion === undefined || typeof waitForCompletion === "boolean";
  return isAnswer ? undefined : "waitForCompletion must be boolean";
}

/** Where an answer should go, which is all of it or nothing. No channel is there that it could go to. */
function destinationProblem(payload: Payload): string | undefined {
  const [channel, to, accountId] = ["channel", "to", "accountId"].map((name) => said(payload[name]));
  if (channel !== undefined && channel !== "last") return "channel must be last";
  if (accountId !== undefined && (channel === undefined || to === undefined)) {
    return "accountId requires channel and to for hook delivery";
  }
  const isAbsent = channel === undefined && to === undefined;
  return isAbsent ? undefined : "channel and to must be set together for hook delivery";
}

export function payloadOf(value: unknown): Payload {
  return isRecord(value) ? value : {};
}
