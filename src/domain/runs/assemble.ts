import { compact, sinceCompaction, summaryMessage } from "./compaction.ts";
import { estimateTokens, type PromptSize, promptBudget } from "./context-budget.ts";
import { canSee, imagesOfMedia, takeMedia } from "./media.ts";
import { userMessageKey } from "./messages.ts";
import {
  type InjectedFile,
  injected,
  newestWithin,
  promptMessages,
  type Skill,
  systemPrompt,
} from "./prompt.ts";
import type { PromptMessage } from "./provider.ts";
import { imagesOf } from "./request.ts";
import type { Tool } from "./tools.ts";
import type { Turn } from "./turn.ts";

/** Messages of a transcript that are looked at when a prompt is made. */
const PROMPT_RECORDS_MAX = 1_000;
/** Earlier messages whose pictures are shown again. */
const IMAGES_MAX = 8;

export interface Prompt {
  readonly system: string;
  readonly messages: PromptMessage[];
  readonly tools: readonly Tool[];
  /** What went into the system prompt beside the words that are always there. */
  readonly files: readonly InjectedFile[];
  readonly skills: readonly Skill[];
}

export async function assemble(turn: Turn): Promise<Prompt> {
  const { deps, agent, model, request } = turn;
  await deps.prepareWorkspace(agent.workspace);
  const [spoken, tools, found, skills] = await Promise.all([
    conversation(turn),
    deps.toolbox(agent.id, turn.sessionKey, {
      isOwner: request.isOwner === true,
      canSee: canSee(model),
      ...(request.clientTools === undefined ? {} : { clientTools: request.clientTools }),
    }),
    deps.contextFiles(agent.workspace),
    deps.skills(agent.id),
  ]);
  const files = injected(found);
  const system = systemPrompt({
    agentId: agent.id,
    agentName: agent.name,
    sessionKey: turn.sessionKey,
    workspace: agent.workspace,
    model: `${model.provider}/${model.id}`,
    date: deps.day(deps.clock.now()),
    timeZone: deps.timeZone,
    tools: tools.map((tool) => tool.name),
    skills,
    files,
    extra: request.extraSystemPrompt,
  });
  const messages = await fitting(turn, spoken, { system, tools });
  return { system, messages, tools, files, skills };
}

/** All that was said before the message that is answered, behind the notes on what was put away. */
async function conversation(turn: Turn): Promise<readonly PromptMessage[]> {
  const { sessions, stamp } = turn.deps;
  const [entry, history] = await Promise.all([
    sessions.get(turn.sessionKey),
    sessions.history(turn.sessionKey, { limit: PROMPT_RECORDS_MAX }),
  ]);
  const earlier = history.records.filter((one) => one.idempotencyKey !== userMessageKey(turn.inputKey));
  const { summary, records } = sinceCompaction(entry, earlier);
  const messages = await withImages(turn, promptMessages(records, Number.MAX_SAFE_INTEGER, stamp));
  return summary === undefined ? messages : [summaryMessage(summary), ...messages];
}

/** What was said, as much of it as the model takes: what is too much is put away first, or left out at the worst. */
async function fitting(
  turn: Turn,
  spoken: readonly PromptMessage[],
  fixed: Omit<PromptSize, "messages">,
): Promise<PromptMessage[]> {
  const budget = promptBudget(turn.model);
  const input: PromptMessage = { role: "user", text: turn.spoken };
  const needs = (messages: readonly PromptMessage[]) =>
    estimateTokens({ ...fixed, messages: [...messages, input] });
  if (needs(spoken) <= budget) return [...spoken];
  const { sessionKey, model, signal } = turn;
  const put = turn.deps.autoCompact()
    ? await compact(turn.deps, { sessionKey, model, signal })
    : { compacted: false };
  const left = put.compacted ? await conversation(turn) : spoken;
  return [...newestWithin(left, budget - needs([]))];
}

/** The message that began the turn, as the model sees it. Its files are kept by then. */
export async function inputOf({
  request,
  spoken,
  deps,
  model,
  agent,
}: Pick<Turn, "request" | "spoken" | "deps" | "model" | "agent">): Promise<PromptMessage> {
  const { before, after } = await takeMedia(deps.media, request, { model, workspace: agent.workspace });
  const images = canSee(model) ? imagesOf(request) : [];
  const text = `${deps.stamp(request.acceptedAt)}${before}${spoken}${after}`;
  return { role: "user", text, ...(images.length === 0 ? {} : { images }) };
}

/** The newest pictures of the conversation, shown again to a model that sees. */
async function withImages(turn: Turn, messages: readonly PromptMessage[]): Promise<PromptMessage[]> {
  if (!canSee(turn.model)) return [...messages];
  const shown = new Set(
    messages.filter((one) => one.role === "user" && one.media !== undefined).slice(-IMAGES_MAX),
  );
  return Promise.all(
    messages.map(async (one) => {
      if (one.role !== "user" || one.media === undefined || !shown.has(one)) return one;
      const images = await imagesOfMedia(turn.deps.media, one.media);
      return images.length === 0 ? one : { ...one, images };
    }),
  );
}
