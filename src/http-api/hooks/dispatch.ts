import { createHash } from "node:crypto";
import { POLICY } from "../../../schemas/policy.ts";
import type { RunOutcome } from "../../domain/runs/index.ts";
import type { ApiParts } from "../parts.ts";
import type { AgentHook, WakeHook } from "./agent-hook.ts";
import { ownerOf, sessionKeyOf } from "./policy.ts";
import type { HookSettings } from "./settings.ts";

/** Where an action comes from: a request names things itself, a mapping was written by the operator. */
export interface Origin {
  readonly settings: HookSettings;
  readonly path: string;
  readonly isMapped: boolean;
  /** The session key is the operator's own word. */
  readonly isOwnKey: boolean;
  readonly isUnsafe: boolean;
}

export interface Dispatched {
  readonly runId: string;
  readonly done: Promise<RunOutcome>;
}

export interface Refused {
  readonly status: number;
  readonly error: string;
  readonly runId?: string;
}

export interface HookDispatch {
  wake(hook: WakeHook, origin: Origin): "queued" | "coalesced" | Refused;
  run(hook: AgentHook, origin: Origin): Promise<Dispatched | Refused>;
}

const KEY_REQUIRED = "sessionKey is required when sessionMode is persistent";
const NOT_PREPARED = "hook agent run failed before entering the agent runner";

/** Carries out what hooks ask for, at most once for a key. */
export function createHookDispatch(parts: ApiParts): HookDispatch {
  const { agents, heartbeats, runs, sessions, ids, clock, models } = parts;
  const replays = new Map<string, Dispatched>();

  function remember(key: string, dispatched: Dispatched): void {
    replays.set(key, dispatched);
    dispatched.done
      .then(() => clock.after(POLICY.hookReplayMs, () => replays.delete(key)))
      .catch((error: unknown) => parts.log.warn({ err: error }, "a hook's run did not end"));
    const [oldest] = replays.keys();
    if (replays.size > POLICY.hookReplaysMax && oldest !== undefined) replays.delete(oldest);
  }

  /** With no channel to go to, what a run says goes to the agent's own session as something that happened. */
  function announce(hook: AgentHook, agentId: string, outcome: RunOutcome): void {
    if (!hook.deliver && outcome.status === "ok") return;
    const text = outcome.status === "ok" ? outcome.text : (outcome.error ?? outcome.status);
    if (text.trim() === "" || text.trim() === "NO_REPLY") return;
    heartbeats.enqueue({ text: `Hook ${hook.name}: ${text}`, kind: "note", agentId });
    if (hook.wakeMode === "now") void heartbeats.wakeNow(agentId, undefined);
  }

  return {
    wake({ text, mode, agentId: named, sessionKey: key }, { settings, isMapped, isOwnKey }) {
      const owner = ownerOf(named, settings, agents, isMapped);
      if ("error" in owner) return { status: 400, error: owner.error };
      if (key !== undefined && mode !== "now") return { status: 400, error: "sessionKey requires mode=now" };
      const sessionKey = key === undefined ? undefined : sessionKeyOf(key, settings, isOwnKey);
      if (typeof sessionKey === "object") return { status: 400, error: sessionKey.error };
      const { agentId } = owner;
      const target = { agentId, ...(sessionKey === undefined ? {} : { sessionKey }) };
      const outcome = heartbeats.enqueue({ text, kind: "note", ...target });
      if (mode === "now") void heartbeats.wakeNow(agentId, sessionKey);
      return outcome;
    },
    async run(hook, { settings, path, isMapped, isOwnKey, isUnsafe }) {
      const owner = ownerOf(hook.agentId, settings, agents, isMapped);
      if ("error" in owner) return { status: 400, error: owner.error };
      const { agentId } = owner;
      const named = sessionKeyOf(hook.sessionKey, settings, isOwnKey);
      if (typeof named === "object") return { status: 400, error: named.error };
      if (hook.isPersistent && named === undefined) return { status: 400, error: KEY_REQUIRED };
      if (hook.channel !== undefined) {
        return { status: 400, error: `Unknown channel: ${hook.channel}` };
      }
      if (
        hook.model !== undefined &&
        !models.list().some(({ provider, id }) => hook.model === `${provider}/${id}`)
      ) {
        return { status: 502, error: NOT_PREPARED, runId: ids.uuid() };
      }
      const replayKey =
        hook.idempotencyKey === undefined
          ? undefined
          : digest([settings.token, path, agentId, named, { ...hook, waits: false }]);
      const before = replayKey === undefined ? undefined : replays.get(replayKey);
      if (before !== undefined) return before;
      const runId = ids.uuid();
      const rest = hook.isPersistent && named !== undefined ? named : `hook:${runId}`;
      const acceptance = await runs.start({
        runId,
        kind: "agent",
        sessionKey: sessions.canonicalKey(rest, agentId),
        agentId,
        message: isUnsafe ? hook.message : fenced(hook.message, hook.name, ids.token(8)),
        acceptedAt: clock.now(),
        client: { id: "hooks", mode: "backend" },
        isPlain: true,
        ...(hook.model === undefined ? {} : { model: hook.model }),
        ...(hook.thinking === undefined ? {} : { thinking: hook.thinking }),
        ...(hook.timeoutSeconds === undefined ? {} : { timeoutMs: hook.timeoutSeconds * 1_000 }),
      });
      const { done } = acceptance;
      const dispatched = { runId, done };
      if (replayKey !== undefined) remember(replayKey, dispatched);
      done
        .then((outcome) => announce(hook, agentId, outcome))
        .catch((error: unknown) => parts.log.warn({ err: error, runId }, "a hook's answer was not told"));
      return dispatched;
    },
  };
}

function digest(identity: unknown): string {
  return createHash("sha256").update(JSON.stringify(identity)).digest("hex");
}

/** What came from outside is shown to the model as somebody else's words, behind marks that nobody can guess. */
function fenced(message: string, source: string, mark: string): string {
  return `<<<EXTERNAL_UNTRUSTED_CONTENT id="${mark}">>>\nSource: Webhook (${source})\n---\n${message}\n<<<END_EXTERNAL_UNTRUSTED_CONTENT id="${mark}">>>`;
}
