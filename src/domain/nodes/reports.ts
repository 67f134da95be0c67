import { POLICY } from "../../../schemas/policy.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Devices } from "../devices/index.ts";
import type { Publisher } from "../events.ts";
import { type HostStats, readHostStats } from "./host-stats.ts";
import type { NodeReport, Nodes } from "./index.ts";
import type { LiveNode } from "./live.ts";
import type { NodeTalk } from "./talk.ts";

export interface ReportsOptions {
  readonly clock: Clock;
  readonly events: Publisher;
  readonly devices: Pick<Devices, "seen">;
  readonly talk: NodeTalk;
  /** Whether this connection was given a command under this name, and has not said yet how it ended. */
  readonly isRunOf: (connId: string, event: string, runId: unknown) => boolean;
  /** The connection of a node, if it still is this one. */
  readonly live: (nodeId: string, connId: string) => LiveNode | undefined;
  readonly platformOf: (nodeId: string) => string;
  readonly keepStats: (nodeId: string, stats: HostStats) => Promise<void>;
}

interface Report {
  readonly nodeId: string;
  readonly connId: string;
  readonly payload: unknown;
}

/** Why a phone in the background can say that it is alive; anything else is said to be the background. */
const ALIVE_TRIGGERS: ReadonlySet<string> = new Set([
  "background",
  "silent_push",
  "bg_app_refresh",
  "significant_location",
  "manual",
  "connect",
]);

/**
 * Events of apps that have no part here that could act on them. They are taken, as the reference takes them, with
 * nothing said about what came of it.
 */
const TAKEN: ReadonlySet<string> = new Set(["notifications.changed", "push.apns.register"]);

/** How a command that the node was given goes. */
const OF_EXEC: ReadonlySet<string> = new Set(["exec.started", "exec.finished", "exec.denied"]);

/** Reads what nodes report of themselves. */
export function createReports(options: ReportsOptions): Nodes["report"] {
  const { clock, events, devices } = options;
  const aliveAt = new Map<string, number>();

  async function hostStats({ nodeId, connId, payload }: Report): Promise<[boolean, string]> {
    const stats = readHostStats(payload, clock.now());
    if (stats === undefined) return [false, "invalid_payload"];
    const connection = options.live(nodeId, connId);
    if (connection === undefined) return [false, "stale_connection"];
    connection.hostStats = stats;
    await options.keepStats(nodeId, stats);
    events.publish("node.hostStats", { nodeId, hostStats: stats }, { isDroppable: true });
    return [true, "updated"];
  }

  async function alive({ nodeId, payload }: Report): Promise<[boolean, string]> {
    if (!isRecord(payload)) return [false, "invalid_payload"];
    const now = clock.elapsed();
    const last = aliveAt.get(nodeId);
    if (last !== undefined && now - last < POLICY.nodeAliveIntervalMs) return [true, "throttled"];
    aliveAt.set(nodeId, now);
    const { trigger } = payload;
    const reason = typeof trigger === "string" && ALIVE_TRIGGERS.has(trigger) ? trigger : "background";
    await devices.seen(nodeId, { reason });
    return [true, "persisted"];
  }

  /** How long nobody touched the machine. Only Macs may say so, and nobody here asks which of them is in use. */
  function activity({ nodeId, payload }: Report): [boolean, string] {
    if (!isRecord(payload)) return [false, "invalid_payload"];
    if (payload["action"] === "clear") return [true, "already_clear"];
    const { idleSeconds, source } = payload;
    if (typeof idleSeconds !== "number" || !(idleSeconds >= 0)) return [false, "invalid_payload"];
    if (source !== "app") return [false, "permission_required"];
    return options.platformOf(nodeId) === "macos" ? [true, "updated"] : [false, "stale_connection"];
  }

  const readers: Readonly<
    Record<string, (report: Report) => [boolean, string] | Promise<[boolean, string]>>
  > = { "node.host.stats": hostStats, "node.presence.alive": alive, "node.presence.activity": activity };

  return async (nodeId, connId, event, payload): Promise<NodeReport> => {
    if (TAKEN.has(event) || options.talk.hear({ nodeId, connId }, event, payload)) return { ok: true };
    if (OF_EXEC.has(event)) {
      const runId = isRecord(payload) ? payload["runId"] : undefined;
      if (options.isRunOf(connId, event, runId)) return { ok: true };
      return { ok: true, event, handled: false, reason: "unmatched_exec_event" };
    }
    const reader = Object.hasOwn(readers, event) ? readers[event] : undefined;
    if (reader === undefined) return { ok: true, event, handled: false, reason: "unsupported_event" };
    const [handled, reason] = await reader({ nodeId, connId, payload });
    return { ok: true, event, handled, reason };
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
