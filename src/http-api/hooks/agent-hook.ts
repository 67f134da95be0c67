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
  if (model !== undefined && said(model) === undefined) return "model required";
  const deliver = payload["deliver"] !== false;
  const [channel, to, accountId] = ["channel", "to", "accountId"].map((name) => said(payload[name]));
  if (deliver && channel === "last") return "channel must be a concrete channel id";
  if (deliver && accountId !== undefined && (channel === undefined || to === undefined)) {
    return "accountId requires channel and to";
  }
  if (deliver && (channel === undefined) !== (to === undefined))
    return "channel and to must be provided together";
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

export function payloadOf(value: unknown): Payload {
  return isRecord(value) ? value : {};
}
