import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { SessionContext } from "./context.ts";

const SCOPE = "progress-card";

interface Card {
  readonly sessionKey: string;
  readonly revision: number;
  readonly updatedAt: number;
  readonly markdown?: string;
  readonly steps?: readonly { readonly step: string; readonly status: string }[];
}

/** A card, or what is left of one that was cleared. */
type Kept = Card | { readonly revision: number };

export interface CardInput {
  readonly markdown?: string;
  readonly plan?: readonly { readonly step: string; readonly status: string }[];
  readonly expectedRevision?: number;
}

/** The progress card of a session: what is being done, in the words of who does it. */
export interface Cards {
  get(key: string): Promise<Card | null>;
  /**
   * Sets the card, or clears it when there is nothing on it. A clear that expects a revision is tidying up: it takes
   * away only that revision, and only when all is done.
   */
  put(key: string, input: CardInput): Promise<Card | null>;
}

export function createCards(context: SessionContext): Cards {
  const { store, events } = context.parts;

  // Written by `save` below and by nobody else. A cleared card leaves its revision: numbers are not used twice.
  const revisionOf = async (key: string) => (await store.readDocument(SCOPE, key)) as Kept | undefined;
  const read = async (key: string): Promise<Card | undefined> => {
    const kept = await revisionOf(key);
    return kept !== undefined && "sessionKey" in kept ? kept : undefined;
  };
  const save = async (key: string, kept: Kept): Promise<Card | null> => {
    await store.writeDocument(SCOPE, key, kept);
    const card = "sessionKey" in kept ? kept : null;
    events.publish("progressCard.changed", { sessionKey: key, revision: card?.revision ?? null });
    return card;
  };

  return {
    get: async (key) => (await read(key)) ?? null,
    async put(key, input) {
      const isClearing = !input.markdown && (input.plan ?? []).length === 0;
      const before = await read(key);
      if (isClearing) {
        if (before !== undefined && !mayClear(before, input.expectedRevision)) return before;
        return save(key, { revision: ((await revisionOf(key))?.revision ?? 0) + 1 });
      }
      if (input.expectedRevision !== undefined) {
        throw invalidRequest("expectedRevision is only valid when clearing a card");
      }
      // compat(SE25): the reference lets its database refuse, and shows what that said.
      if ((await context.get(key)) === undefined) {
        throw new ProtocolError("UNAVAILABLE", "Error: FOREIGN KEY constraint failed", { retryable: false });
      }
      return save(key, {
        sessionKey: key,
        revision: ((await revisionOf(key))?.revision ?? 0) + 1,
        updatedAt: context.now(),
        ...(input.markdown ? { markdown: input.markdown } : {}),
        ...(input.plan === undefined ? {} : { steps: input.plan }),
      });
    },
  };
}

function mayClear(card: Card, expected: number | undefined): boolean {
  if (expected === undefined) return true;
  const steps = card.steps ?? [];
  return (
    expected === card.revision && steps.length > 0 && steps.every(({ status }) => status === "completed")
  );
}
