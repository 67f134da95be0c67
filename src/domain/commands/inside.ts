import type { Publisher } from "../events.ts";
import { type Heard, injectedMessage, type RunRequest } from "../runs/index.ts";
import type { Sessions } from "../sessions/index.ts";
import type { CommandAnswer } from "./context.ts";
import { type Directive, directivesOf, QUESTIONS } from "./directives.ts";
import { recognise } from "./recognise.ts";

export interface InsideParts {
  readonly sessions: Sessions;
  readonly events: Publisher;
  readonly now: () => number;
  readonly answer: (directive: Directive, request: RunRequest) => Promise<CommandAnswer>;
}

/** What came of the settings inside a message before the model reads the rest of it. */
export type Outcome =
  | { readonly kind: "none" }
  /** The message was nothing but settings, or one of them forbids the rest: this is the whole answer. */
  | { readonly kind: "answered"; readonly said: CommandAnswer }
  | { readonly kind: "refused"; readonly problem: string }
  | { readonly kind: "rest" };

/** Words at the head of a message that say how the rest is meant. */
const LEAD = /^\/(?:steer|tell|new|reset)(?::|\s+)\s*(?=\S)/i;

const NONE: Outcome = { kind: "none" };

/** Settings and questions that stand inside a message for the model. */
export function createInside({ sessions, events, now, answer }: InsideParts) {
  /** What is told once the model has answered. */
  const later = new WeakMap<RunRequest, readonly string[]>();

  async function before(request: RunRequest): Promise<Outcome> {
    const { found, text } = inside(request);
    const [first] = found;
    if (first === undefined || (text === "" && found.length === 1)) return NONE;
    const answers: (readonly [Directive, CommandAnswer])[] = [];
    for (const one of found) answers.push([one, await answer(one, request)]);
    const barred = answers.find(([{ name }]) => name === "elevated");
    if (barred !== undefined) return { kind: "answered", said: barred[1] };
    const refusal = answers.find(([, { isRefusal }]) => isRefusal === true);
    if (refusal !== undefined && text !== "") return { kind: "refused", problem: refusal[1].text };
    if (text === "") return { kind: "answered", said: together(answers.map(([, said]) => said)) };
    // A model is chosen for good; the other settings are for this message alone.
    const chosen = answers.findLast(
      ([{ name }, { change }]) => name === "model" && change !== undefined,
    )?.[1];
    const { change } = chosen ?? {};
    if (change !== undefined) {
      await sessions.ensure(request.sessionKey, { createdVia: "operator" });
      await sessions.update(request.sessionKey, () => change, { reason: "patch" });
    }
    const { true: questions = [], false: settings = [] } = Object.groupBy(answers, ([{ name }]) =>
      QUESTIONS.has(name) ? "true" : "false",
    );
    // compat(CH17): where commands run is not told beside an answer.
    const set = settings.filter(([{ name }]) => name !== "exec").map(([, { text }]) => text);
    later.set(request, [
      ...questions.map(([, { text }]) => text),
      ...(set.length === 0 ? [] : [set.join(" ")]),
    ]);
    return { kind: "rest" };
  }

  function tell(request: RunRequest): void {
    const { runId, sessionKey } = request;
    for (const text of later.get(request) ?? []) {
      const message = injectedMessage(text, now(), runId);
      events.publish("chat", { runId, sessionKey, seq: 1, state: "final", message });
    }
    later.delete(request);
  }

  return { before, tell };
}

/** The message as the model reads it. */
export function hear(request: RunRequest): Heard {
  const { found, text } = inside(request);
  const thinking = found.findLast(({ name, argument }) => name === "think" && argument !== "")?.argument;
  if (found.length === 0) {
    return { text: mayHold(request) ? request.message.replace(LEAD, "") : request.message };
  }
  return { text, ...(thinking === undefined ? {} : { thinking: thinking.toLowerCase() }) };
}

function inside(request: RunRequest): ReturnType<typeof directivesOf> {
  const { message } = request;
  const nothing = { text: message, found: [] };
  if (!mayHold(request)) return nothing;
  const parsed = directivesOf(message);
  const command = recognise(message);
  // What stands behind another command is that command's.
  if (command !== undefined && parsed.found[0]?.name !== command.name) return nothing;
  // compat(CH17): at the head of a message the status is asked for whatever stands behind it.
  if (command?.name === "status") return nothing;
  if (command?.name === "model" && /^(?:list|status)$/.test(command.argument.split(/\s/, 1)[0] ?? ""))
    return nothing;
  return parsed;
}

function mayHold({ kind, isPlain, isInternal }: RunRequest): boolean {
  return kind === "chat" && isPlain !== true && isInternal !== true;
}

function together(answers: readonly CommandAnswer[]): CommandAnswer {
  const changes = answers.map(({ change }) => change ?? {});
  const extra = Object.assign({}, ...changes.map((one) => one.extra ?? {})) as Record<string, unknown>;
  const change = Object.assign({}, ...changes) as NonNullable<CommandAnswer["change"]>;
  return {
    text: answers.map(({ text }) => text).join(" "),
    change: Object.keys(extra).length === 0 ? change : { ...change, extra },
  };
}
