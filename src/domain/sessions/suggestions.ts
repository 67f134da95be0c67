import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { SessionContext } from "./context.ts";

/** What somebody would say in a session that is another one's. The wire's own form. */
export type Suggestion = {
  readonly id: string;
  readonly sessionKey: string;
  readonly agentId: string;
  readonly author: { readonly type: "human"; readonly id: string };
  readonly text: string;
  readonly createdAt: number;
  readonly state: "pending" | "accepted" | "dismissed";
};

/** Texts that wait until who may speak in a session takes or refuses them. */
export interface Suggestions {
  pending(key: string): Promise<readonly Suggestion[]>;
  add(key: string, personId: string, text: string): Promise<Suggestion>;
  resolve(key: string, id: string, state: "accepted" | "dismissed"): Promise<Suggestion>;
}

const SCOPE = "session-suggestions";

export function createSuggestions(context: SessionContext): Suggestions {
  const { store, ids, events } = context.parts;

  // Written below and by nobody else. A session that is made anew under its key has another transcript.
  const pending = async (key: string): Promise<readonly Suggestion[]> => {
    const name = (await context.get(key))?.transcriptId;
    if (name === undefined) return [];
    return ((await store.readDocument(SCOPE, name)) as readonly Suggestion[] | undefined) ?? [];
  };
  const write = (key: string, suggestions: readonly Suggestion[]) =>
    store.writeDocument(SCOPE, context.mustBeNow(key).transcriptId, suggestions);
  const tell = (action: "added" | "resolved", suggestion: Suggestion): Suggestion => {
    events.publish("session.suggestion", { action, suggestion });
    return suggestion;
  };

  return {
    pending,
    async add(key, personId, text) {
      const known = await pending(key);
      if (known.length >= POLICY.sessionSuggestionsMax) {
        throw new ProtocolError("UNAVAILABLE", "too many suggestions wait in this session");
      }
      const { agentId } = context.mustBeNow(key);
      const author = { type: "human", id: personId } as const;
      const createdAt = context.now();
      const made = {
        id: ids.uuid(),
        sessionKey: key,
        agentId,
        author,
        text,
        createdAt,
        state: "pending",
      } as const;
      await write(key, [...known, made]);
      return tell("added", made);
    },
    async resolve(key, id, state) {
      const known = await pending(key);
      const meant = known.find((one) => one.id === id);
      if (meant === undefined) throw invalidRequest("pending suggestion not found");
      await write(
        key,
        known.filter((one) => one !== meant),
      );
      return tell("resolved", { ...meant, state });
    },
  };
}
