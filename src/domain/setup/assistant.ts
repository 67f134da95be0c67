import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Agents } from "../agents/index.ts";
import { isRecord, type JsonRecord } from "../config/index.ts";
import type { Documents } from "../documents/index.ts";
import type { Models } from "../models/index.ts";
import type { PromptMessage, Providers } from "../runs/index.ts";

export interface Turn {
  readonly role: "user" | "assistant";
  readonly text: string;
  readonly at: number;
}

export interface ChatRequest {
  readonly sessionId: string;
  readonly message?: string;
  readonly welcomeVariant?: "onboarding" | "new-agent";
  readonly reset?: boolean;
  readonly wizardAnswer?: unknown;
  readonly wizardCancel?: unknown;
  /** Who asks. */
  readonly owner: string;
}

/** The one who helps with the gateway itself, apart from any agent: it has a model's words and no tools. */
export interface Assistant {
  chat(request: ChatRequest, signal: AbortSignal): Promise<JsonRecord>;
  history(limit: number): Promise<readonly Turn[]>;
}

export interface AssistantParts {
  readonly agents: Agents;
  readonly models: Models;
  readonly providers: Providers;
  readonly documents: Documents;
  readonly clock: Clock;
  /** What it may tell of this gateway. */
  readonly facts: () => string;
}

const SCOPE = "setup-assistant";
const NAME = "turns";
const GREETING = "Say hello in one or two sentences and say what you can help with.";
const NEW_AGENT =
  "A new agent needs a name and a kind of work. Tell me both, or pick one: somebody who coordinates, who looks things up, who writes, or who checks.";
const OPENING = "Over to your agent. You find me again in the settings.";
const QUICK_ACTIONS = {
  id: "system-agent-quick-actions",
  header: "Quick actions",
  question: "What would you like me to do?",
  options: [
    { label: "Talk to my agent", reply: "talk to agent", recommended: true },
    { label: "Show recent changes", reply: "audit" },
  ],
};

/** What is offered to who just set a model up: the ways to talk to the agent. */
const NEXT_STEP = {
  id: "onboarding-next-step",
  header: "Next step",
  question: "What would you like to do first?",
  options: [
    {
      label: "Talk to my agent",
      reply: "talk to agent",
      recommended: true,
      description: "Go over to your agent.",
    },
    { label: "Connect WhatsApp", reply: "connect whatsapp" },
    { label: "Connect Telegram", reply: "connect telegram" },
    { label: "See all channels", reply: "channels" },
  ],
  isOther: true,
  skipAction: "exit",
};

interface Talk {
  /** Whose conversation it is; nobody else is let in. */
  readonly owner: string;
  readonly messages: PromptMessage[];
  welcome: string | undefined;
}

export function createAssistant(parts: AssistantParts): Assistant {
  const { agents, models, documents, clock } = parts;
  const talks = new Map<string, Talk>();
  const talkOf = (sessionId: string, owner: string): Talk => {
    const talk = talks.get(sessionId) ?? { owner, messages: [], welcome: undefined };
    if (talk.owner !== owner) {
      throw invalidRequest("OpenClaw session belongs to another caller.", {
        details: { code: "system_agent_session_invalidated" },
      });
    }
    talks.delete(sessionId);
    talks.set(sessionId, talk);
    const [oldest] = talks.keys();
    if (talks.size > POLICY.assistantTalksMax && oldest !== undefined) talks.delete(oldest);
    return talk;
  };
  const answer = async (messages: readonly PromptMessage[], signal: AbortSignal): Promise<string> => {
    const agent = agents.get(agents.defaultId);
    const model = agent === undefined ? undefined : models.resolve(agent.model);
    if (model === undefined) throw new ProtocolError("UNAVAILABLE", "No agent model is configured.");
    const limit = AbortSignal.any([signal, AbortSignal.timeout(POLICY.modelProbeMsMax)]);
    const provider = await parts.providers(model);
    const system = `You help the operator of this gateway with setting it up and running it. Be brief. What you do not know, you say you do not know. You cannot change anything yourself; say which command or setting does.\n\n${parts.facts()}`;
    let text = "";
    for await (const event of provider.stream(
      { model, system, messages, tools: [], thinking: "off" },
      limit,
    )) {
      if (event.type === "text") text += event.text;
      if (text.length > POLICY.assistantCharsMax) break;
    }
    return text.slice(0, POLICY.assistantCharsMax);
  };
  const remember = async (...turns: readonly (Turn | Mark)[]): Promise<void> => {
    const kept = await readTurns(documents);
    await documents.write(SCOPE, NAME, [...kept, ...turns].slice(-POLICY.assistantTurnsMax));
  };
  const welcome = async (talk: Talk, sessionId: string, signal: AbortSignal): Promise<JsonRecord> => {
    talk.welcome ??= await answer([{ role: "user", text: GREETING }], signal);
    return {
      sessionId,
      reply: talk.welcome,
      optionalWelcome: true,
      action: "none",
      question: QUICK_ACTIONS,
    };
  };
  const greet = async (talk: Talk, request: ChatRequest, signal: AbortSignal): Promise<JsonRecord> => {
    const { sessionId, welcomeVariant } = request;
    const greeting = { sessionId, optionalWelcome: false, action: "none" };
    if (welcomeVariant === "new-agent") return { ...greeting, reply: NEW_AGENT };
    if (welcomeVariant === undefined) return await welcome(talk, sessionId, signal);
    await answer([{ role: "user", text: GREETING }], signal);
    const reply = `Your model answers.\n\n${parts.facts()}\n\nSay \`talk to agent\` to meet your agent, or ask me anything about this gateway.`;
    return { ...greeting, reply, question: NEXT_STEP };
  };
  return {
    async chat(request, signal) {
      const { sessionId, message = "" } = request;
      checkWizard(request);
      if (request.reset === true && talks.has(sessionId)) {
        talkOf(sessionId, request.owner);
        talks.delete(sessionId);
        await remember({ role: "reset" });
      }
      const talk = talkOf(sessionId, request.owner);
      if (message.trim() === "") return await greet(talk, request, signal);
      if (message.trim().toLowerCase() === "talk to agent") {
        const at = clock.now();
        await remember({ role: "user", text: message, at }, { role: "assistant", text: OPENING, at });
        return { sessionId, reply: OPENING, action: "open-agent" };
      }
      const asked: PromptMessage = { role: "user", text: message };
      const reply = await answer([...talk.messages, asked], signal);
      talk.messages.push(asked, { role: "assistant", text: reply, toolCalls: [] });
      talk.messages.splice(0, talk.messages.length - POLICY.assistantTurnsMax);
      const at = clock.now();
      await remember({ role: "user", text: message, at }, { role: "assistant", text: reply, at });
      return { sessionId, reply, action: "none" };
    },
    async history(limit) {
      const kept = await readTurns(documents);
      return kept.slice(-limit).filter(isTurn);
    },
  };
}

/** Wizards that are walked through inside a conversation: none is, so none waits. */
function checkWizard({ message, wizardAnswer, wizardCancel }: ChatRequest): void {
  if (wizardCancel !== undefined && (message !== undefined || wizardAnswer !== undefined)) {
    throw invalidRequest("Send wizardCancel without a message or wizardAnswer.");
  }
  if (wizardAnswer !== undefined && message !== undefined) {
    throw invalidRequest("Send either message or wizardAnswer, not both.");
  }
  if (wizardCancel !== undefined) throw invalidRequest("No hosted wizard is awaiting cancellation.");
  if (wizardAnswer !== undefined) throw invalidRequest("No hosted wizard is awaiting an answer.");
}

/** Where one conversation ended and another began; it counts among the turns and is not shown. */
interface Mark {
  readonly role: "reset";
}

function isTurn(turn: Turn | Mark): turn is Turn {
  return turn.role !== "reset";
}

async function readTurns(documents: Documents): Promise<readonly (Turn | Mark)[]> {
  const kept = await documents.read(SCOPE, NAME);
  // What stands under this name was written above and nowhere else.
  return Array.isArray(kept) ? (kept.filter(isRecord) as unknown as readonly (Turn | Mark)[]) : [];
}
