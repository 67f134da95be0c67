import { POLICY } from "../../schemas/policy.ts";
import type { RunOutcome } from "../domain/runs/index.ts";
import type { EventStream, Exchange } from "../transport/exchange.ts";
import { type Target, targetOf } from "./agent-target.ts";
import { isMethodWrong, readJson, refuse } from "./answers.ts";
import { authorize } from "./authorize.ts";
import { type ChatBody, readChatBody } from "./chat-body.ts";
import { areNamesTaken, type WireCall, wireCalls } from "./client-tools.ts";
import { type Conversation, conversationOf } from "./conversation.ts";
import { failureOf } from "./failure.ts";
import { modelOverride } from "./model-override.ts";
import type { ApiParts } from "./parts.ts";
import { isCutShort, lastWords, type RunOnce, spentIn } from "./run-once.ts";

const CALL_ID_CHARS = 9;

/** How a turn ended, and what the client is to do about it. */
interface Ending {
  readonly outcome: RunOutcome;
  readonly calls: readonly WireCall[];
}

interface Turn extends Target, Conversation {
  readonly body: ChatBody;
  readonly model: string | undefined;
  readonly isOwner: boolean;
}

/** `POST /v1/chat/completions`: a turn of an agent, in the shape of OpenAI's answers. */
export function createChatCompletions(
  parts: ApiParts,
  runOnce: RunOnce,
): (exchange: Exchange) => Promise<void> {
  const { config, clock, ids } = parts;
  const callId = () => ids.uuid().replaceAll("-", "").slice(0, CALL_ID_CHARS);

  async function read(exchange: Exchange): Promise<Turn | void> {
    if (isMethodWrong(exchange, "POST")) return;
    const requester = authorize(exchange, config);
    if (requester === undefined) return;
    const text = await exchange.readBody(POLICY.httpApiBodyBytesMax);
    const parsed = text === undefined ? undefined : readJson(exchange, text);
    if (parsed === undefined) return;
    const body = readChatBody(parsed.value);
    if (typeof body === "string") return refuse(exchange, 400, body);
    const query = { model: body.model, user: body.user, prefix: "openai", fresh: () => ids.uuid() };
    const target = targetOf(exchange, query, parts);
    if ("refused" in target) return refuse(exchange, 400, target.refused);
    const override = modelOverride(exchange, requester, target.agentId, parts);
    if (typeof override === "object")
      return refuse(exchange, override.status, override.message, override.type);
    const conversation = conversationOf(body.messages) ?? pictureOnly(body);
    if (conversation === undefined) return refuse(exchange, 400, "Missing user message in `messages`.");
    if (areNamesTaken(body.clientTools, await parts.toolNames(target.agentId)))
      return refuse(exchange, 400, "invalid tool configuration");
    return { ...target, ...conversation, body, model: override, isOwner: requester.isOwner };
  }

  return async (exchange) => {
    const turn = await read(exchange);
    if (turn === undefined) return;
    const id = `chatcmpl_${ids.uuid()}`;
    const head = { id, created: Math.floor(clock.now() / 1_000), model: turn.body.model ?? "openclaw" };
    const ask = {
      runId: id,
      sessionKey: turn.sessionKey,
      agentId: turn.agentId,
      message: turn.message,
      isOwner: turn.isOwner,
      ...(turn.body.images.length === 0 ? {} : { attachments: turn.body.images }),
      ...(turn.model === undefined ? {} : { model: turn.model }),
      ...(turn.body.clientTools.length === 0 ? {} : { clientTools: turn.body.clientTools }),
      ...(Object.keys(turn.body.sampling).length === 0 ? {} : { sampling: turn.body.sampling }),
      ...(turn.systemPrompt === undefined ? {} : { extraSystemPrompt: turn.systemPrompt }),
    };
    if (!turn.body.isStream) {
      const outcome = await runOnce(ask, exchange.signal);
      return answerWhole(exchange, head, { outcome, calls: wireCalls(outcome, callId) }, turn.body);
    }
    const stream = new ChunkStream(exchange.events(), head);
    stream.role();
    const outcome = await runOnce(ask, exchange.signal, (delta) => {
      // With tools of the client it is not known yet whether this is the answer.
      if (turn.body.requiredCall === undefined && turn.body.clientTools.length === 0) stream.text(delta);
    });
    stream.finish({ outcome, calls: wireCalls(outcome, callId) }, turn.body);
  };
}

interface Head {
  readonly id: string;
  readonly created: number;
  readonly model: string;
}

/** A picture can be looked at without a word. */
function pictureOnly({ images }: ChatBody): Conversation | undefined {
  return images.length === 0 ? undefined : { message: "", systemPrompt: undefined };
}

function answerWhole(exchange: Exchange, head: Head, { outcome, calls }: Ending, body: ChatBody): void {
  if (outcome.status !== "ok") {
    const { status, message, type } = failureOf(outcome);
    return refuse(exchange, status, message, type);
  }
  if (body.requiredCall !== undefined && calls.length === 0)
    return refuse(exchange, 502, body.requiredCall, "api_error");
  exchange.json(200, {
    id: head.id,
    object: "chat.completion",
    created: head.created,
    model: head.model,
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: outcome.text,
          ...(calls.length === 0 ? {} : { tool_calls: calls.map(toChatCall) }),
        },
        finish_reason: calls.length === 0 ? finishReason(outcome) : "tool_calls",
      },
    ],
    usage: usageOf(outcome),
  });
}

function toChatCall({ id, name, arguments: given }: WireCall) {
  return { id, type: "function", function: { name, arguments: given } };
}

function finishReason(outcome: RunOutcome): "length" | "stop" {
  return isCutShort(outcome) ? "length" : "stop";
}

function usageOf(outcome: RunOutcome) {
  const { input, output, cacheRead, cacheWrite } = spentIn(outcome);
  const prompt = input + cacheRead + cacheWrite;
  return { prompt_tokens: prompt, completion_tokens: output, total_tokens: prompt + output };
}

/** The chunks of one answer. */
class ChunkStream {
  readonly #events: EventStream;
  readonly #head: Head;
  #told = "";

  constructor(events: EventStream, head: Head) {
    this.#events = events;
    this.#head = head;
  }

  role(): void {
    this.#choice({ role: "assistant" }, null);
  }

  text(delta: string): void {
    if (delta === "") return;
    this.#told += delta;
    this.#choice({ content: delta }, null);
  }

  finish({ outcome, calls }: Ending, body: ChatBody): void {
    if (outcome.status !== "ok") {
      const { message, type } = failureOf(outcome);
      this.#write({ error: { message, type } });
    } else if (body.requiredCall !== undefined && calls.length === 0) {
      this.#write({ error: { message: body.requiredCall, type: "api_error" } });
    } else {
      // An answer that came without deltas, such as that of a command, is told at once.
      if (this.#told === "") this.text(body.clientTools.length === 0 ? outcome.text : lastWords(outcome));
      calls.forEach((call, index) => this.#call(call, index));
      this.#choice({}, calls.length === 0 ? finishReason(outcome) : "tool_calls");
      if (body.wantsUsage) this.#chunk({ choices: [], usage: usageOf(outcome) });
    }
    this.#events.write("[DONE]");
    this.#events.end();
  }

  /** First what is called, then with what, as clients put it together. */
  #call(call: WireCall, index: number): void {
    const { function: called, ...head } = toChatCall(call);
    this.#choice({ tool_calls: [{ index, ...head, function: { ...called, arguments: "" } }] }, null);
    this.#choice({ tool_calls: [{ index, function: { arguments: call.arguments } }] }, null);
  }

  #choice(delta: object, finish: string | null): void {
    this.#chunk({ choices: [{ index: 0, delta, finish_reason: finish }] });
  }

  #chunk(more: object): void {
    const { id, created, model } = this.#head;
    this.#write({ id, object: "chat.completion.chunk", created, model, ...more });
  }

  #write(payload: object): void {
    this.#events.write(JSON.stringify(payload));
  }
}
