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

export interface CardInput {
  readonly markdown?: string;
  readonly plan?: readonly { readonly step: string; readonly status: string }[];
  readonly expectedRevision?: number;
}

/** The progress card of a session: what is being done, in the words of who does it. */
export interface Cards {
  get(key: string): Promise<Card | null>;
  /** Sets the card, or clears it when there is nothing on it. A clear that expects another revision changes nothing. */
  put(key: string, input: CardInput): Promise<Card | null>;
}

export function createCards(context: SessionContext): Cards {
  const { store, events } = context.parts;

  // Written by `put` below and by nobody else.
  const read = async (key: string) => (await store.readDocument(SCOPE, key)) as Card | undefined;
  const save = async (key: string, card: Card | undefined): Promise<Card | null> => {
    await store.writeDocument(SCOPE, key, card);
    events.publish("progressCard.changed", { sessionKey: key, revision: card?.revision ?? null });
    return card ?? null;
  };

  return {
    get: async (key) => (await read(key)) ?? null,
    async put(key, input) {
      const isClearing = !input.markdown && (input.plan ?? []).length === 0;
      const before = await read(key);
      if (isClearing) {
        const expected = input.expectedRevision ?? before?.revision;
        return before !== undefined && expected !== before.revision ? before : save(key, undefined);
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
        revision: (before?.revision ?? 0) + 1,
        updatedAt: context.now(),
        ...(input.markdown ? { markdown: input.markdown } : {}),
        ...(input.plan === undefined ? {} : { steps: input.plan }),
      });
    },
  };
}
