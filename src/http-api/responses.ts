import { POLICY } from "../../schemas/policy.ts";
import type { RunOutcome } from "../domain/runs/index.ts";
import type { Exchange } from "../transport/exchange.ts";
import { type Target, targetOf } from "./agent-target.ts";
import { isMethodWrong, readJson, refuse } from "./answers.ts";
import { authorize } from "./authorize.ts";
import { areNamesTaken, wireCalls } from "./client-tools.ts";
import { type Conversation, conversationOf } from "./conversation.ts";
import { failureOf } from "./failure.ts";
import { modelOverride } from "./model-override.ts";
import type { ApiParts } from "./parts.ts";
import { type CallItem, type Part, resource } from "./response-resource.ts";
import { ResponseStream } from "./response-stream.ts";
import { type ResponsesBody, readResponsesBody } from "./responses-body.ts";
import type { RunOnce } from "./run-once.ts";

const CALL_ID_CHARS = 9;

interface Turn extends Target, Conversation {
  readonly body: ResponsesBody;
  readonly model: string | undefined;
  readonly isOwner: boolean;
}

/** `POST /v1/responses`: a turn of an agent, in the shape of OpenResponses. */
export function createResponses(parts: ApiParts, runOnce: RunOnce): (exchange: Exchange) => Promise<void> {
  const { config, clock, ids } = parts;
  const callItems = (outcome: RunOutcome): readonly CallItem[] =>
    wireCalls(outcome, () => ids.uuid().replaceAll("-", "").slice(0, CALL_ID_CHARS)).map((call) => ({
      type: "function_call",
      id: `call_${ids.uuid()}`,
      call_id: call.id,
      name: call.name,
      arguments: call.arguments,
    }));
  /** Which session a response was made in, so that the next request can go on there. */
  const sessionOf = new Map<string, Target>();

  function remember(id: string, target: Target): void {
    sessionOf.set(id, target);
    const [oldest] = sessionOf.keys();
    if (sessionOf.size > POLICY.httpApiResponsesMax && oldest !== undefined) sessionOf.delete(oldest);
  }

  /** An earlier response only leads back to its session for who asks for the same agent. */
  function continued(target: Target, body: ResponsesBody, exchange: Exchange): Target {
    const named = exchange.headers["x-openclaw-session-key"] !== undefined || body.user !== undefined;
    const before = body.previousId === undefined ? undefined : sessionOf.get(body.previousId);
    return named || before?.agentId !== target.agentId ? target : before;
  }

  async function read(exchange: Exchange): Promise<Turn | void> {
    if (isMethodWrong(exchange, "POST")) return;
    const requester = authorize(exchange, config);
    if (requester === undefined) return;
    const text = await exchange.readBody(POLICY.httpApiBodyBytesMax);
    const parsed = text === undefined ? undefined : readJson(exchange, text);
    if (parsed === undefined) return;
    const body = readResponsesBody(parsed.value);
    if (typeof body === "string") return refuse(exchange, 400, body);
    const query = { model: body.model, user: body.user, prefix: "openresponses", fresh: () => ids.uuid() };
    const target = targetOf(exchange, query, parts);
    if ("refused" in target) return refuse(exchange, 400, target.refused);
    const override = modelOverride(exchange, requester, target.agentId, parts);
    if (typeof override === "object")
      return refuse(exchange, override.status, override.message, override.type);
    const conversation = conversationOf([...instructionsOf(body), ...body.messages]);
    if (conversation === undefined) return refuse(exchange, 400, "Missing user message in `input`.");
    if (areNamesTaken(body.clientTools, await parts.toolNames(target.agentId)))
      return refuse(exchange, 400, "invalid tool configuration");
    const { isOwner } = requester;
    return { ...continued(target, body, exchange), ...conversation, body, model: override, isOwner };
  }

  return async (exchange) => {
    const turn = await read(exchange);
    if (turn === undefined) return;
    const head = {
      id: `resp_${ids.uuid()}`,
      createdAt: Math.floor(clock.now() / 1_000),
      model: turn.body.model,
      itemId: `msg_${ids.uuid()}`,
    };
    const ask = {
      runId: head.id,
      sessionKey: turn.sessionKey,
      agentId: turn.agentId,
      message: turn.message,
      isOwner: turn.isOwner,
      ...(turn.model === undefined ? {} : { model: turn.model }),
      ...(turn.body.clientTools.length === 0 ? {} : { clientTools: turn.body.clientTools }),
      ...(Object.keys(turn.body.sampling).length === 0 ? {} : { sampling: turn.body.sampling }),
      ...(turn.systemPrompt === undefined ? {} : { extraSystemPrompt: turn.systemPrompt }),
    };
    const { agentId, sessionKey } = turn;
    remember(head.id, { agentId, sessionKey });
    const { requiredCall } = turn.body;
    const failure = (outcome: RunOutcome): (Part & { status: number }) | undefined => {
      if (outcome.status !== "ok") {
        const { status, type, message } = failureOf(outcome);
        return { status, code: type, message };
      }
      return requiredCall === undefined || (outcome.clientCalls ?? []).length > 0
        ? undefined
        : { status: 502, code: "api_error", message: requiredCall };
    };
    if (turn.body.isStream) {
      const stream = new ResponseStream(exchange.events(), head);
      stream.open();
      const outcome = await runOnce(ask, exchange.signal, (delta) => {
        if (requiredCall === undefined && turn.body.clientTools.length === 0) stream.text(delta);
      });
      return stream.finish(outcome, failure(outcome), callItems(outcome));
    }
    const outcome = await runOnce(ask, exchange.signal);
    const failed = failure(outcome);
    exchange.json(failed?.status ?? 200, resource(head, outcome, failed, callItems(outcome)));
  };
}

function instructionsOf({ instructions }: ResponsesBody) {
  return instructions === undefined ? [] : [{ role: "system", text: instructions }];
}
