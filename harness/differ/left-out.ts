import { NEVER_CALLED } from "../freeze/probe.ts";

/** Methods that are not asked here, each for a reason that holds for any gateway. */
const LEFT_OUT: readonly (readonly [pattern: RegExp, why: string])[] = [
  [
    /^(chat\.send|agent|agent\.wait|sessions\.(send|steer)|cron\.run|wake|talk\.|tts\.|send|poll|message\.)/,
    "it begins a turn that goes on while the next question is asked; scenarios wait for its end",
  ],
  [/^(gateway\.(restart|suspend)|update\.run|config\.openFile)/, "it ends the gateway, or opens a window"],
  [/^(terminal\.|diagnostics\.(cpu|heap)Profile)/, "it starts something that goes on by itself"],
  [/\.(wait|waitDecision|waitAnswer|pull)$/, "it answers when something happens, which here is never"],
  [/^logs\.tail$/, "a log is not for comparing line by line"],
];

/** Why a method is not asked; undefined when it is. */
export function whyLeftOut(method: string): string | undefined {
  const found = LEFT_OUT.find(([pattern]) => pattern.test(method));
  if (found !== undefined) return found[1];
  return NEVER_CALLED.has(method) ? "it would end or change the machine's process" : undefined;
}
