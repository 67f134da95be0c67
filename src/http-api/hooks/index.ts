import { POLICY } from "../../../schemas/policy.ts";
import { secretsEqual } from "../../auth/constant-time.ts";
import type { RunOutcome } from "../../domain/runs/index.ts";
import { isoTime } from "../../platform/iso.ts";
import { jsonProblem, parseJson } from "../../platform/json.ts";
import type { Exchange } from "../../transport/exchange.ts";
import { isMethodWrong } from "../answers.ts";
import { bearerOf } from "../authorize.ts";
import type { ApiParts } from "../parts.ts";
import { payloadOf, readAgentHook, readWake } from "./agent-hook.ts";
import { createHookDispatch, type Dispatched, type Origin } from "./dispatch.ts";
import { actionsOf, mappingFor } from "./mapped.ts";
import { type HookMapping, type HookSettings, hookSettings } from "./settings.ts";
import { isTemplate } from "./template.ts";
import { HookThrottle } from "./throttle.ts";

const TOO_LARGE = { ok: false, error: "payload too large" };
const QUERY_TOKEN =
  "Hook token must be provided via Authorization: Bearer <token> or X-OpenClaw-Token header (query parameters are not allowed).";

/** Webhooks: other programs wake an agent or give it a turn, with a token that opens nothing else. */
export function createHooks(
  parts: ApiParts,
): (path: string) => ((exchange: Exchange) => Promise<void>) | undefined {
  const dispatch = createHookDispatch(parts);
  const throttle = new HookThrottle(parts.clock);

  function isAdmitted(exchange: Exchange, settings: HookSettings): boolean {
    if (exchange.query.has("token")) {
      exchange.text(400, QUERY_TOKEN);
      return false;
    }
    if (isMethodWrong(exchange, "POST")) return false;
    const token = bearerOf(exchange) ?? exchange.headers["x-openclaw-token"]?.trim() ?? "";
    const { address } = exchange.peer;
    if (token !== "" && secretsEqual(token, settings.token)) {
      throttle.succeeded(address);
      return true;
    }
    const seconds = throttle.failed(address);
    if (seconds === undefined) exchange.text(401, "Unauthorized");
    else exchange.text(429, "Too Many Requests", { "retry-after": String(seconds) });
    return false;
  }

  async function handle(exchange: Exchange, settings: HookSettings): Promise<void> {
    if (!isAdmitted(exchange, settings)) return;
    const name = exchange.path.slice(settings.path.length + 1);
    if (name === "") return exchange.text(404, "Not Found");
    const body = await exchange.readBody(POLICY.hookBodyBytesMax, TOO_LARGE);
    if (body === undefined) return;
    const value = parseJson(body === "" ? "{}" : body);
    if (value === undefined) return fail(exchange, 400, jsonProblem(body) ?? "invalid JSON");
    const payload = payloadOf(value);
    const origin: Origin = { settings, path: name, isMapped: false, isOwnKey: false, isUnsafe: false };
    if (name === "wake") return wake(exchange, payload, origin);
    if (name === "agent") return runAgent(exchange, payload, origin);
    const mapping = mappingFor(settings.mappings, name, payload);
    if (mapping === undefined) return exchange.text(404, "Not Found");
    return runMapped(exchange, payload, mapping, origin);
  }

  function wake(exchange: Exchange, payload: Readonly<Record<string, unknown>>, origin: Origin): void {
    const hook = readWake(payload);
    if (typeof hook === "string") return fail(exchange, 400, hook);
    const outcome = dispatch.wake(hook, origin);
    if (typeof outcome === "object") return fail(exchange, outcome.status, outcome.error);
    exchange.json(200, { ok: true, mode: hook.mode, eventOutcome: outcome });
  }

  async function runAgent(
    exchange: Exchange,
    payload: Readonly<Record<string, unknown>>,
    origin: Origin,
  ): Promise<void> {
    const hook = readAgentHook(payload);
    if (typeof hook === "string") return fail(exchange, 400, hook);
    const keys = [exchange.headers["idempotency-key"], exchange.headers["x-openclaw-idempotency-key"]];
    const idempotencyKey = [...keys, hook.idempotencyKey]
      .map((key) => key?.trim() ?? "")
      .find((key) => key !== "" && key.length <= POLICY.hookKeyCharsMax);
    const dispatched = await dispatch.run({ ...hook, idempotencyKey }, origin);
    if ("error" in dispatched) {
      const { status, error, runId } = dispatched;
      return exchange.json(status, { ok: false, error, ...(runId === undefined ? {} : { runId }) });
    }
    const { runId, done } = dispatched;
    if (!hook.waits) return exchange.json(200, { ok: true, runId });
    exchange.json(200, { ok: true, runId, completion: completionOf(await done) });
  }

  async function runMapped(
    exchange: Exchange,
    payload: Readonly<Record<string, unknown>>,
    mapping: HookMapping,
    from: Origin,
  ): Promise<void> {
    const actions = actionsOf(mapping, {
      payload,
      headers: exchange.headers,
      query: Object.fromEntries(exchange.query),
      path: from.path,
      now: isoTime(parts.clock.now()),
    });
    if (actions.length === 0) return exchange.empty();
    const isOwnKey = !isTemplate(mapping.texts.sessionKey ?? "");
    const origin = { ...from, isMapped: true, isOwnKey, isUnsafe: mapping.isUnsafe };
    const runs: Dispatched[] = [];
    let outcome: "queued" | "coalesced" | undefined;
    for (const action of actions) {
      if (typeof action === "string") return fail(exchange, 400, action);
      if (action.kind === "wake") {
        const woken = dispatch.wake(action.wake, origin);
        if (typeof woken === "object") return fail(exchange, woken.status, woken.error);
        outcome = outcome === "queued" ? outcome : woken;
        continue;
      }
      // oxlint-disable-next-line no-await-in-loop -- admitted in the order of the list, as their sessions see them
      const dispatched = await dispatch.run(action.agent, origin);
      if ("error" in dispatched) return fail(exchange, dispatched.status, dispatched.error);
      runs.push(dispatched);
    }
    const [first] = runs;
    if (first === undefined) {
      return exchange.json(200, { ok: true, mode: mapping.wakeMode, eventOutcome: outcome });
    }
    const many = { runIds: runs.map(({ runId }) => runId), dispatched: runs.length };
    exchange.json(200, { ok: true, runId: first.runId, ...(runs.length > 1 ? many : {}) });
  }

  return (path) => {
    const settings = hookSettings(parts.config.current());
    if (settings === undefined) return undefined;
    const isOurs = path === settings.path || path.startsWith(`${settings.path}/`);
    return isOurs ? (exchange) => handle(exchange, settings) : undefined;
  };
}

function fail(exchange: Exchange, status: number, error: string): void {
  exchange.json(status, { ok: false, error });
}

/** How a run ended, without a word of what was said. */
function completionOf(outcome: RunOutcome) {
  if (outcome.status !== "ok") return { status: "error", replyDisposition: "empty" };
  const text = outcome.text.trim();
  const replyDisposition = text === "" ? "empty" : text === "NO_REPLY" ? "silent" : "visible";
  // There is no channel to bring it to.
  return { status: "ok", replyDisposition, delivered: false, deliveryAttempted: false };
}
