import type { Agents } from "../domain/agents/index.ts";
import type { Approvals, ExecPolicy } from "../domain/approvals/index.ts";
import type { Boards } from "../domain/boards/index.ts";
import type { ConfigSource } from "../domain/config/index.ts";
import type { Cron } from "../domain/cron/index.ts";
import type { Devices } from "../domain/devices/index.ts";
import type { Publisher } from "../domain/events.ts";
import type { Health } from "../domain/health/index.ts";
import type { Heartbeats } from "../domain/heartbeat/index.ts";
import type { Idempotency } from "../domain/idempotency/index.ts";
import type { GatewayIdentity } from "../domain/identity/index.ts";
import type { Models } from "../domain/models/index.ts";
import type { Nodes } from "../domain/nodes/index.ts";
import type { Outbound } from "../domain/outbound/index.ts";
import type { Presence } from "../domain/presence/index.ts";
import type { Push } from "../domain/push/index.ts";
import type { Questions } from "../domain/questions/index.ts";
import type { Runs, Toolbox } from "../domain/runs/index.ts";
import type { Sessions } from "../domain/sessions/index.ts";
import type { Suggestions } from "../domain/suggestions/index.ts";
import type { Tasks } from "../domain/tasks/index.ts";
import type { Speech } from "../domain/voice/index.ts";
import type { VoiceWake } from "../domain/voicewake/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Ids } from "../platform/ids.ts";
import type { Log } from "../platform/log.ts";

/** What handlers may use: the nouns of the domain, and time. `main.ts` makes one per gateway. */
export interface Deps {
  readonly agents: Agents;
  readonly approvals: Approvals;
  readonly boards: Boards;
  readonly clock: Clock;
  readonly config: ConfigSource;
  readonly cron: Cron;
  readonly devices: Devices;
  readonly events: Publisher;
  readonly execPolicy: ExecPolicy;
  readonly health: Health;
  readonly heartbeats: Heartbeats;
  readonly idempotency: Idempotency;
  readonly identity: GatewayIdentity;
  readonly ids: Ids;
  readonly log: Log;
  readonly models: Models;
  readonly nodes: Nodes;
  readonly outbound: Outbound;
  readonly presence: Presence;
  readonly push: Push;
  readonly questions: Questions;
  readonly runs: Runs;
  readonly sessions: Sessions;
  readonly tasks: Tasks;
  readonly speech: Speech;
  readonly suggestions: Suggestions;
  readonly voicewake: VoiceWake;
  /** The tools that an agent may use in a turn. */
  readonly toolbox: Toolbox;
}
