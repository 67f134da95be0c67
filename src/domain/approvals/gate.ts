import { exactRule, isCarrier, isInterpreter, isListed, type ResolvedCommand } from "./allowlist.ts";
import { type ExecRules, type RuleSources, rulesFor } from "./exec-rules.ts";
import type { Approvals, Party } from "./index.ts";
import type { ExecPolicy } from "./policy.ts";
import { readLine, renderLine } from "./shell-line.ts";

/** A command that a model wants to run. */
export interface CommandRequest {
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The call may ask for more care than is demanded, not for less. */
  readonly ask: string | undefined;
  readonly agentId: string;
  readonly sessionKey: string;
  readonly runId: string;
  readonly callId: string;
  readonly signal: AbortSignal;
}

/** What to run instead of what was asked, or why nothing may run. */
export type Permission = { readonly run: string } | { readonly denied: string };

export type Permit = (request: CommandRequest) => Promise<Permission>;

/** What the machine says about programs and files. */
export interface Executables {
  /** The file that a shell would run for this name there; undefined when that is not certain. */
  find(name: string, cwd: string): Promise<string | undefined>;
  /** Of those words that are files: a text that changes when one of them does. */
  stamp(words: readonly string[], cwd: string): Promise<string>;
}

export interface GateParts {
  readonly policy: ExecPolicy;
  readonly approvals: Approvals;
  readonly executables: Executables;
  readonly now: () => number;
  readonly home: string | undefined;
  /** `tools` of the configuration, and of the agent. */
  readonly toolsOf: (agentId: string) => RuleSources["tools"];
  readonly modeOf: (sessionKey: string) => Promise<string | undefined>;
}

/** What is known of a command before anybody is asked. */
interface Judged {
  readonly rules: ExecRules;
  /** Undefined when it cannot be said for certain what would run. */
  readonly understood: { readonly commands: readonly ResolvedCommand[]; readonly line: string } | undefined;
  readonly isListed: boolean;
}

const MISS = "exec denied: allowlist miss";

/** Stands between a model and the shell: every command passes it, and a doubt is a no or a question. */
export function createCommandGate(parts: GateParts): Permit {
  const { policy, executables, modeOf, toolsOf, home } = parts;

  async function judge(request: CommandRequest): Promise<Judged> {
    const { agentId, sessionKey, ask } = request;
    const [{ file }, permissionMode] = await Promise.all([policy.get(), modeOf(sessionKey)]);
    const rules = rulesFor({ agentId, permissionMode, tools: toolsOf(agentId), file, asked: ask });
    const isPlain = rules.security === "full" && rules.ask === "off" && !rules.isInlineEvalAsked;
    const understood = isPlain ? undefined : await understand(request);
    const isHit = understood?.commands.every((one) => isListed(one, rules.allowlist, home)) ?? false;
    return { rules, understood, isListed: isHit };
  }

  /** What an environment of the model's own would change cannot be read off the command. */
  async function understand({ command, cwd, env }: CommandRequest): Promise<Judged["understood"]> {
    const line = Object.keys(env).length > 0 ? undefined : readLine(command);
    if (line === undefined) return undefined;
    const programs = await Promise.all(line.commands.map(([name = ""]) => executables.find(name, cwd)));
    const found = programs.filter((program) => program !== undefined);
    if (found.length < programs.length) return undefined;
    const commands = line.commands.map((argv, at) => ({ argv, program: found[at] ?? "", cwd }));
    return { commands, line: renderLine(line, found) };
  }

  return async (request) => {
    const judged = await judge(request);
    const { rules, understood } = judged;
    if (rules.security === "deny") return { denied: "exec denied: host=gateway security=deny" };
    const needsWord = mustBeAsked(judged);
    if (needsWord || rules.ask === "always" || (rules.ask === "on-miss" && isMiss(judged))) {
      return askFor(parts, request, { judged, needsWord, again: () => judge(request) });
    }
    if (isMiss(judged)) return { denied: MISS };
    return { run: rules.security === "allowlist" && understood ? understood.line : request.command };
  };
}

interface Asking {
  readonly judged: Judged;
  readonly needsWord: boolean;
  /** The same judgement once more, by what holds then. */
  readonly again: () => Promise<Judged>;
}

async function askFor(parts: GateParts, request: CommandRequest, asking: Asking): Promise<Permission> {
  const { approvals, executables, policy } = parts;
  const { judged, needsWord } = asking;
  const stamp = () => executables.stamp(wordsOf(request.command, judged), request.cwd);
  const before = await stamp();
  request.signal.throwIfAborted();
  const opened = await approvals.open("exec", questionOf(request, asking), partyOf(request));
  const withdraw = (): void => void approvals.withdraw(opened.record.id);
  request.signal.addEventListener("abort", withdraw, { once: true });
  if (request.signal.aborted) withdraw();
  const { decision } = await opened.verdict;
  request.signal.removeEventListener("abort", withdraw);
  request.signal.throwIfAborted();
  if (decision === "deny") return { denied: "exec denied: user-denied" };
  const now = await asking.again();
  if (now.rules.security === "deny") return { denied: "exec denied: host=gateway security=deny" };
  if (decision === null) {
    return fallback(now, { needsWord, isRouted: opened.isRouted, command: request.command });
  }
  // What a reviewer saw is what runs: not a file that was exchanged while the question stood.
  const isSame = now.understood?.line === judged.understood?.line && (await stamp()) === before;
  if (!isSame) return { denied: "exec denied: approval-required" };
  if (decision === "allow-always") {
    const commands = judged.understood?.commands ?? [];
    await policy.remember(
      request.agentId,
      commands.map((command) => exactRule(command, parts.now())),
    );
  }
  return { run: request.command };
}

/** Nobody answered. That never lets through more than the rules do by themselves. */
function fallback(
  { rules, understood, isListed }: Judged,
  asked: { readonly needsWord: boolean; readonly isRouted: boolean; readonly command: string },
): Permission {
  const unanswered = asked.isRouted ? "approval-timeout" : "approval-required";
  if (asked.needsWord || rules.askFallback === "deny") return { denied: `exec denied: ${unanswered}` };
  if (rules.askFallback === "full" && rules.security === "full") return { run: asked.command };
  if (isListed && understood !== undefined) return { run: understood.line };
  return { denied: "exec denied: approval-timeout: allowlist-miss" };
}

function isMiss({ rules, isListed }: Judged): boolean {
  return rules.security === "allowlist" && !isListed;
}

/** Whether only somebody's word will do. What is not understood may hold a program as well. */
function mustBeAsked({ rules, understood }: Judged): boolean {
  return rules.isInlineEvalAsked && (understood?.commands.some(isInterpreter) ?? true);
}

function questionOf(
  request: CommandRequest,
  { judged, needsWord }: Asking,
): Readonly<Record<string, unknown>> {
  const { command, cwd, env, agentId, sessionKey, runId, callId } = request;
  const { rules, understood } = judged;
  const canBeKept = understood !== undefined && !needsWord && !understood.commands.some(isCarrier);
  return {
    command,
    cwd,
    env,
    host: "gateway",
    security: rules.security,
    ask: rules.ask,
    agentId,
    sessionKey,
    runId,
    toolCallId: callId,
    ...(understood?.commands.length === 1 ? { resolvedPath: understood.commands[0]?.program } : {}),
    ...(canBeKept ? {} : { unavailableDecisions: ["allow-always"] }),
  };
}

/** A run asks in its own name: it can see no approval and decide none. */
function partyOf({ runId }: CommandRequest): Party {
  return { connId: `run:${runId}`, role: "operator", scopes: [], caps: [], client: { id: "gateway-client" } };
}

/** All that may be a file: the programs, and whatever stands between signs that part words. */
function wordsOf(command: string, { understood }: Judged): readonly string[] {
  const programs = understood?.commands.flatMap(({ program, argv }) => [program, ...argv]) ?? [];
  return [...new Set([...programs, ...command.split(/[\s;&|<>()'"`$={}\\]+/)])].filter((word) => word !== "");
}
