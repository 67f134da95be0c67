import { POLICY } from "../../schemas/policy.ts";
import type { RunOutcome } from "../domain/runs/index.ts";
import type { EventStream, Exchange } from "../transport/exchange.ts";
import { type Target, targetOf } from "./agent-target.ts";
import { isMethodWrong, readJson, refuse } from "./answers.ts";
import { authorize } from "./authorize.ts";
import { type ChatBody, readChatBody } from "./chat-body.ts";
import { type Conversation, conversationOf } from "./conversation.ts";
import { failureOf } from "./failure.ts";
import { modelOverride } from "./model-override.ts";
import type { ApiParts } from "./parts.ts";
import { isCutShort, type RunOnce, spentIn } from "./run-once.ts";

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
      ...(turn.systemPrompt === undefined ? {} : { extraSystemPrompt: turn.systemPrompt }),
    };
    if (!turn.body.isStream) {
      const outcome = await runOnce(ask, exchange.signal);
      return answerWhole(exchange, head, outcome, turn.body);
    }
    const stream = new ChunkStream(exchange.events(), head);
    stream.role();
    const outcome = await runOnce(ask, exchange.signal, (delta) => {
      if (turn.body.requiredCall === undefined) stream.text(delta);
    });
    stream.finish(outcome, turn.body);
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

function answerWhole(exchange: Exchange, head: Head, outcome: RunOutcome, body: ChatBody): void {
  if (outcome.status !== "ok") {
    const { status, message, type } = failureOf(outcome);
    return refuse(exchange, status, message, type);
  }
  // Tools of the client are not offered to the model, so none was called; where one had to be, that is an error.
  if (body.requiredCall !== undefined) return refuse(exchange, 502, body.requiredCall, "api_error");
  exchange.json(200, {
    id: head.id,
    object: "chat.completion",
    created: head.created,
    model: head.model,
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: outcome.text },
        finish_reason: finishReason(outcome),
      },
    ],
    usage: usageOf(outcome),
  });
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

  finish(outcome: RunOutcome, body: ChatBody): void {
    if (outcome.status !== "ok") {
      const { message, type } = failureOf(outcome);
      this.#write({ error: { message, type } });
    } else if (body.requiredCall !== undefined) {
      this.#write({ error: { message: body.requiredCall, type: "api_error" } });
    } else {
      // An answer that came without deltas, such as that of a command, is told at once.
      if (this.#told === "") this.text(outcome.text);
      this.#choice({}, finishReason(outcome));
      if (body.wantsUsage) this.#chunk({ choices: [], usage: usageOf(outcome) });
    }
    this.#events.write("[DONE]");
    this.#events.end();
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
