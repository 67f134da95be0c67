import type { Agents } from "../agents/index.ts";
import type { Models } from "../models/index.ts";
import type { Sessions } from "../sessions/index.ts";
import { settleModel } from "./choices.ts";
import { promptBudget } from "./context-budget.ts";
import { promptMessages } from "./prompt.ts";
import type { Providers } from "./provider.ts";

const RECORDS_MAX = 200;
const ANSWER_CHARS_MAX = 32_768;
const SYSTEM =
  "Answer the last question briefly. It is asked aside: nothing is done, and nothing of it is kept.";

export interface AsideParts {
  readonly sessions: Sessions;
  readonly agents: Agents;
  readonly models: Models;
  readonly providers: Providers;
}

/** Asks the model of a session something that does not become part of its conversation. */
export type Aside = (sessionKey: string, question: string, signal: AbortSignal) => Promise<string>;

export function createAside(parts: AsideParts): Aside {
  return async (sessionKey, question, signal) => {
    const entry = await parts.sessions.get(sessionKey);
    const agentId = parts.sessions.agentOf(sessionKey);
    const { model } = settleModel(parts, { agentId }, entry ?? {});
    const earlier =
      entry === undefined ? [] : (await parts.sessions.history(sessionKey, { limit: RECORDS_MAX })).records;
    // A half of what fits leaves room for the question and the answer.
    const spoken = promptMessages(earlier, Math.floor(promptBudget(model) / 2), () => "");
    const provider = await parts.providers(model);
    const request = {
      model,
      system: SYSTEM,
      messages: [...spoken, { role: "user" as const, text: question }],
      tools: [],
      thinking: "off",
    };
    let text = "";
    for await (const piece of provider.stream(request, signal)) {
      signal.throwIfAborted();
      if (piece.type === "text" && text.length < ANSWER_CHARS_MAX) text += piece.text;
    }
    return text.trim();
  };
}
