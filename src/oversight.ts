import { createExecutables } from "./adapters/tools/exec/executables.ts";
import type { Conversation } from "./conversation.ts";
import {
  type Approvals,
  createApprovals,
  createCommandGate,
  createExecPolicy,
  type ExecPolicy,
  type Party,
  type Permit,
} from "./domain/approvals/index.ts";
import { type Boards, createBoards } from "./domain/boards/index.ts";
import type { ConfigSource } from "./domain/config/index.ts";
import type { Publisher } from "./domain/events.ts";
import type { Idempotency } from "./domain/idempotency/index.ts";
import { createOutbound, type Outbound } from "./domain/outbound/index.ts";
import { createPortals, type PortalListener, type Portals } from "./domain/portals/index.ts";
import { createPush, type Push } from "./domain/push/index.ts";
import { createQuestions, type Questions } from "./domain/questions/index.ts";
import { createSuggestions, type Suggestions } from "./domain/suggestions/index.ts";
import { createOwner, type Owner } from "./domain/users/index.ts";
import { createSpeech, type Speech } from "./domain/voice/index.ts";
import { createVoiceWake, type VoiceWake } from "./domain/voicewake/index.ts";
import type { Clock } from "./platform/clock.ts";
import type { Ids } from "./platform/ids.ts";
import { createApprovalStore } from "./store/approvals.ts";
import type { Database } from "./store/database.ts";
import { createDocuments } from "./store/documents.ts";

export interface OversightParts {
  readonly config: ConfigSource;
  readonly conversation: Conversation;
  readonly stateDir: string;
  readonly homeDir: string | undefined;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: Publisher;
  readonly database: Database;
  readonly idempotency: Idempotency;
  readonly parties: () => readonly Party[];
}

export interface Oversight {
  readonly approvals: Approvals;
  readonly boards: Boards;
  readonly execPolicy: ExecPolicy;
  readonly outbound: Outbound;
  readonly owner: Owner;
  /** Whether a command that a model wants to run may run. */
  readonly permit: Permit;
  readonly portals: Portals;
  readonly push: Push;
  readonly questions: Questions;
  readonly speech: Speech;
  readonly suggestions: Suggestions;
  readonly voicewake: VoiceWake;
}

/** Puts together the nouns through which people watch over agents: what must be asked, answered or waved through. */
export function composeOversight(parts: OversightParts): Oversight {
  const { config, conversation, stateDir, homeDir, clock, ids, events, database, idempotency, parties } =
    parts;
  const documents = createDocuments(database);
  const approvals = createApprovals({ store: createApprovalStore(database), clock, ids, events, parties });
  const execPolicy = createExecPolicy({ documents, ids, stateDir, homeDir });
  return {
    approvals,
    execPolicy,
    permit: createCommandGate({
      policy: execPolicy,
      approvals,
      executables: createExecutables(() => process.env["PATH"] ?? ""),
      now: () => clock.now(),
      home: homeDir,
      toolsOf: (agentId) => toolsOf(config, agentId),
      modeOf: async (key) => (await conversation.sessions.get(key))?.permissionMode,
    }),
    boards: createBoards({
      documents,
      events,
      ids,
      isSession: async (key) => (await conversation.sessions.get(key)) !== undefined,
    }),
    questions: createQuestions({
      clock,
      ids,
      events,
      keyFor: (key, agentId) => conversation.sessions.keyFor(key, agentId),
    }),
    suggestions: createSuggestions({ clock, ids, events, agents: conversation.agents }),
    outbound: createOutbound(idempotency),
    owner: createOwner({ documents, clock, ids }),
    portals: createPortals({ listener: lazyListener, clock, ids, events }),
    push: createPush(documents),
    speech: createSpeech(stateDir),
    voicewake: createVoiceWake({ documents, events }),
  };
}

/** `tools` of the configuration and of the agent, as they are now. */
function toolsOf(config: ConfigSource, agentId: string): readonly Readonly<Record<string, unknown>>[] {
  const { agents, tools } = config.current();
  const own = agents.entries.find((entry) => entry.id === agentId)?.tools;
  return own === undefined ? [tools] : [tools, own];
}

/** Loaded with the first portal: most gateways open none. */
const lazyListener: PortalListener = {
  async open(port, token) {
    const { portalListener } = await import("./adapters/portals/index.ts");
    return portalListener.open(port, token);
  },
};
