import type { Agents } from "../domain/agents/index.ts";
import type { ConfigSource } from "../domain/config/index.ts";
import type { Devices } from "../domain/devices/index.ts";
import type { Heartbeats } from "../domain/heartbeat/index.ts";
import type { Models } from "../domain/models/index.ts";
import type { Runs } from "../domain/runs/index.ts";
import type { Sessions } from "../domain/sessions/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Ids } from "../platform/ids.ts";
import type { Log } from "../platform/log.ts";

/** What the HTTP API stands on. */
export interface ApiParts {
  readonly config: ConfigSource;
  readonly agents: Agents;
  readonly devices: Devices;
  readonly heartbeats: Heartbeats;
  readonly models: Models;
  readonly runs: Runs;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Tells of every event of this name, as clients get it. */
  readonly overhear: (event: string, listener: (payload: unknown) => void) => void;
  /** The names of the gateway's own tools, of those that an agent has. */
  readonly toolNames: (agentId: string) => Promise<ReadonlySet<string>>;
  /** Calls a tool as `tools.invoke` does, for a client that holds these scopes. */
  readonly invokeTool: (call: ToolCall) => Promise<ToolAnswer>;
}

export interface ToolCall {
  readonly name: string;
  readonly args?: Readonly<Record<string, unknown>>;
  readonly sessionKey?: string;
  readonly agentId?: string;
  readonly idempotencyKey?: string;
  readonly scopes: readonly string[];
}

export type ToolAnswer =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly code: string; readonly message: string };
