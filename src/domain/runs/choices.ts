import type { Agents } from "../agents/index.ts";
import type { QueueMode } from "../config/index.ts";
import { type Model, type Models, thinkingLevels } from "../models/index.ts";
import type { Entry } from "../sessions/index.ts";
import type { RunRequest } from "./request.ts";

/** What was asked for cannot be had: the turn ends before it begins, and says why. */
export class RefusedTurn extends Error {
  override readonly name: string = "RefusedTurn";
}

/** Somebody asked for a model by name and there is none: no other one answers in its place. */
export class UnknownModel extends RefusedTurn {
  override readonly name = "UnknownModel";

  constructor(reference: string) {
    const provider = reference.split("/", 1)[0] ?? "";
    super(
      `Unknown model: ${reference}. Run \`openclaw models list --refresh --provider ${provider}\` to inspect this provider's model choices, then retry with a model supported by your account.`,
    );
  }
}

/** The agent and the model of a turn: what the request asks for, what the session was set to, what the agent has. */
export function settleModel(
  { agents, models }: { readonly agents: Agents; readonly models: Models },
  request: Pick<RunRequest, "agentId" | "model">,
  entry: { providerOverride?: string; modelOverride?: string },
) {
  const agent = agents.get(request.agentId);
  if (agent === undefined) throw new Error(`agent ${request.agentId} is gone`);
  const override =
    entry.modelOverride === undefined ? undefined : `${entry.providerOverride ?? ""}/${entry.modelOverride}`;
  const wanted = request.model ?? override ?? agent.model;
  if (request.model !== undefined && models.forTurn(wanted) === undefined) throw new UnknownModel(wanted);
  const model = models.forTurn(wanted) ?? models.resolve(agent.model);
  if (model === undefined) throw new Error(`no model ${wanted}`);
  // What somebody chose by name answers, or nothing does.
  const isChosen = request.model !== undefined || override !== undefined;
  const fallbacks = isChosen ? [] : agent.fallbacks.flatMap((one) => models.resolve(one) ?? []);
  return { agent, model, fallbacks };
}

const THINKING_LEVELS = ["off", "minimal", "low", "medium", "high", "xhigh", "adaptive", "max", "ultra"];

/**
 * compat(RN37): who asks for a run of `agent` is refused a level that its model does not have; a chat goes on
 * without, and so does what is no task of the usual kind, such as the run of a job or of a sub-agent.
 */
export function checkThinking(
  { kind, task, isUnlisted, thinking }: Pick<RunRequest, "kind" | "task" | "isUnlisted" | "thinking">,
  model: Model,
): void {
  const wanted = thinking?.trim().toLowerCase() ?? "";
  const levels = thinkingLevels(model).map(({ id }) => id);
  const isAskedFor = kind === "agent" && task === undefined && isUnlisted !== true;
  if (!isAskedFor || wanted === "" || levels.includes(wanted)) return;
  const choice = `Use one of: ${levels.join(", ")}.`;
  if (!THINKING_LEVELS.includes(wanted)) throw new RefusedTurn(`Invalid thinking level. ${choice}`);
  throw new RefusedTurn(
    `Thinking level "${wanted}" is not supported for ${model.provider}/${model.id}. ${choice}`,
  );
}

/** compat(RN7): messages that are answered together say so, and who sent each. */
export function collectedText(requests: readonly RunRequest[]): string {
  const [first, ...others] = requests;
  if (first === undefined || others.length === 0) return first?.message ?? "";
  const parts = requests.map(
    ({ client, message }, index) => `---\nQueued #${index + 1} (from ${client.id})\n${message}`,
  );
  return ["[Queued messages while agent was busy]", ...parts].join("\n\n");
}

const QUEUE_MODES: readonly QueueMode[] = ["steer", "followup", "collect", "interrupt"];

/** What `/queue` chose for the session. */
export function ownQueueMode(entry: Entry | undefined): QueueMode | undefined {
  return QUEUE_MODES.find((mode) => mode === entry?.extra?.["queueMode"]);
}
