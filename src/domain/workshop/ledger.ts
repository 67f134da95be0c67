import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import { isoTime } from "../../platform/iso.ts";
import type { Documents } from "../documents/index.ts";
import type { EventType, KeptProposal, ProposalEvent } from "./record.ts";

const PROPOSALS = "workshop.proposals";
const EVENTS = "workshop.events";
/** Proposals that are kept besides those that still wait, and lines of the history; the oldest give way. */
const ENDED_MAX = 1_000;
const EVENTS_MAX = 5_000;
const SEQUENCE_DIGITS = 12;

export interface LedgerParts {
  readonly documents: Documents;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Ids;
}

export type NewEvent = {
  readonly type: EventType;
  readonly actor?: ProposalEvent["actor"];
  readonly correlationId?: string | undefined;
} & Pick<ProposalEvent, "payload" | "evaluation">;

/** The proposals and what happened to them: read once from the store, and written through. */
export function createLedger({ documents, clock, ids }: LedgerParts) {
  const proposals = new Map<string, KeptProposal>();
  const events: ProposalEvent[] = [];
  let loading: Promise<void> | undefined;

  async function load(): Promise<void> {
    for (const name of await documents.names(PROPOSALS)) {
      // Only this ledger writes the scope, in this very shape.
      proposals.set(name, (await documents.read(PROPOSALS, name)) as KeptProposal);
    }
    for (const name of await documents.names(EVENTS)) {
      events.push((await documents.read(EVENTS, name)) as ProposalEvent);
    }
  }

  const ready = (): Promise<void> => {
    loading ??= load();
    return loading;
  };

  return {
    async all(): Promise<readonly KeptProposal[]> {
      await ready();
      return [...proposals.values()];
    },
    async get(id: string): Promise<KeptProposal | undefined> {
      await ready();
      return proposals.get(id);
    },
    async events(): Promise<readonly ProposalEvent[]> {
      await ready();
      return events;
    },
    /** Keeps a proposal as it is now, with the line of history that says why. */
    async record(kept: KeptProposal, { type, actor, correlationId, ...more }: NewEvent): Promise<void> {
      await ready();
      const { id, proposedVersion } = kept.record;
      proposals.set(id, kept);
      const sequence = (events.at(-1)?.sequence ?? 0) + 1;
      const event: ProposalEvent = {
        sequence,
        eventId: ids.uuid(),
        proposalId: id,
        proposedVersion,
        revisionHash: kept.revisionHash,
        type,
        occurredAt: isoTime(clock.now()),
        actor: actor ?? { type: "gateway" },
        ...(correlationId === undefined ? {} : { correlationId }),
        ...more,
      };
      events.push(event);
      await Promise.all([
        documents.write(PROPOSALS, id, kept),
        documents.write(EVENTS, nameOf(sequence), event),
      ]);
      await trim();
    },
  };

  async function trim(): Promise<void> {
    for (const old of events.splice(0, events.length - EVENTS_MAX)) {
      await documents.write(EVENTS, nameOf(old.sequence), undefined);
    }
    const ended = [...proposals.values()].filter(({ record }) => record.status !== "pending");
    for (const { record } of ended.slice(0, Math.max(0, ended.length - ENDED_MAX))) {
      proposals.delete(record.id);
      await documents.write(PROPOSALS, record.id, undefined);
    }
  }
}

export type Ledger = ReturnType<typeof createLedger>;

/** Names are sorted as texts. */
function nameOf(sequence: number): string {
  return String(sequence).padStart(SEQUENCE_DIGITS, "0");
}
