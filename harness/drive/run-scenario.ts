import type { Gateway } from "../launch/gateway.ts";
import { installedReference } from "../launch/places.ts";
import { unmet } from "../scenario/expect.ts";
import { at } from "../scenario/pointer.ts";
import type { Scenario } from "../scenario/schema.ts";
import type { Step } from "../scenario/step-schema.ts";
import { UnboundVariable, variablesIn } from "../scenario/variables.ts";
import { callStep, neverStep, sendStep, settleStep, waitStep } from "./call-steps.ts";
import { cliStep, closeCliHome } from "./cli-step.ts";
import { connectStep, openStep } from "./connect-step.ts";
import { identityOf } from "./device.ts";
import {
  askedStep,
  awaitCloseStep,
  gatewayStep,
  httpStep,
  localStep,
  readFileStep,
  settleDown,
  writeConfigStep,
  writeFilesStep,
} from "./gateway-steps.ts";
import { filled, type Outcome, type Patience, type RunState, StepProblem } from "./session.ts";
import type { Trace, TraceConnection, TraceStep } from "./trace.ts";

export interface RunOptions {
  readonly patience: Patience;
  /** How long nothing may move before the scenario counts as over. */
  readonly settleMs: number;
}

function play(state: RunState, step: Step): Promise<Outcome> {
  switch (step.verb) {
    case "connect":
      return connectStep(state, step);
    case "open":
      return openStep(state, step);
    case "call":
      return callStep(state, step);
    case "settle":
      return settleStep(state, step);
    case "send":
      return sendStep(state, step);
    case "wait":
      return waitStep(state, step);
    case "never":
      return neverStep(state, step);
    case "awaitClose":
      return awaitCloseStep(state, step);
    case "http":
      return httpStep(state, step);
    case "gateway":
      return gatewayStep(state, step);
    case "writeConfig":
      return writeConfigStep(state, step);
    case "writeFiles":
      return writeFilesStep(state, step);
    case "readFile":
      return readFileStep(state, step);
    case "asked":
      return askedStep(state, step);
    case "cli":
      return cliStep(state, step);
    case "cut":
    case "close":
    case "quiet":
    case "release":
      return localStep(state, step);
    default:
      return step satisfies never;
  }
}

/** What a step's check counts for. */
export function subjectOf(step: Step): string {
  switch (step.verb) {
    case "call":
      return step.call;
    case "connect":
    case "open":
      return "connect";
    case "http":
      return `HTTP ${step.http.method} ${step.http.path.split("?")[0]}`;
    case "wait":
      return `event:${step.wait.event}`;
    case "never":
      return `event:${step.never.event}`;
    case "send":
      return "frame";
    case "awaitClose":
      return "close";
    case "cli":
      return `CLI ${commandOf(step.cli.args)}`;
    default:
      return step.verb;
  }
}

/** The words of a command before its first option or value. */
function commandOf(args: readonly string[]): string {
  const end = args.findIndex((word) => !/^[a-z][a-z-]*$/.test(word));
  return args.slice(0, end < 0 ? undefined : end).join(" ");
}

/** connect succeeds unless it is said otherwise; nothing may come in a `never` step. */
function expectOf(step: Step): Step["expect"] {
  if (step.expect !== undefined) return step.expect;
  if (step.verb === "connect" && step.times === undefined) {
    return { ok: true, equals: { "/payload/type": "hello-ok" } };
  }
  return step.verb === "never" ? { equals: { "/came": null } } : undefined;
}

function devicesOf(scenario: Scenario): Record<string, string> {
  const devices: Record<string, string> = {};
  for (const step of scenario.steps) {
    if (step.verb !== "connect" || step.connect.device === undefined) continue;
    const { seed } = step.connect.device;
    for (const word of [seed, `${seed}-other`]) {
      const identity = identityOf(word);
      devices[`device:${word}`] = identity.id;
      devices[`publicKey:${word}`] = identity.publicKey;
    }
  }
  return devices;
}

function initialVariables(scenario: Scenario, gateway: Gateway): Map<string, unknown> {
  const variables = new Map<string, unknown>([
    ["scenario", scenario.id.replaceAll("/", "-")],
    ["token", gateway.token],
    ["password", gateway.password],
    ["port", gateway.port],
    ["url", gateway.url],
    ["httpUrl", gateway.httpUrl],
    ["providerUrl", `http://127.0.0.1:${gateway.tape.port}`],
  ]);
  if (gateway.home !== undefined) variables.set("home", gateway.home);
  for (const name of variablesIn(scenario.steps)) {
    const [kind, seed] = name.split(":");
    if (seed === undefined) continue;
    if (kind === "device") variables.set(name, identityOf(seed).id);
    if (kind === "publicKey") variables.set(name, identityOf(seed).publicKey);
  }
  return variables;
}

function save(state: RunState, step: Step, received: unknown): string | undefined {
  for (const [name, pointer] of Object.entries(step.save ?? {})) {
    const value = at(received, pointer);
    if (value === undefined) return `nothing at ${pointer} to save as ${name}`;
    state.variables.set(name, value);
  }
  return undefined;
}

/** An expectation may name what an earlier step saved; when that step saved nothing, this one is not met either. */
function unmetOf(state: RunState, step: Step, received: unknown): ReturnType<typeof unmet> {
  try {
    return unmet(filled(state, expectOf(step)), received);
  } catch (error) {
    if (!(error instanceof UnboundVariable)) throw error;
    return [{ rule: "bound", pointer: "", wanted: error.message, got: undefined }];
  }
}

function traced(
  state: RunState,
  step: Step,
  outcome: Outcome,
  problem: string | undefined,
  startedAt: number,
  before: unknown,
): TraceStep {
  const unsaved = problem === undefined ? save(state, step, outcome.received) : undefined;
  return {
    id: step.id,
    verb: step.verb,
    as: step.as,
    subject: subjectOf(step),
    plane: state.hasRestarted && step.verb === "call" ? "state" : "wire",
    sent: outcome.sent,
    received: outcome.received,
    order: outcome.order,
    problem: problem ?? unsaved,
    unmet: problem === undefined ? unmetOf(state, step, outcome.received) : [],
    latencyMs: Math.round((outcome.latencyMs ?? performance.now() - startedAt) * 1000) / 1000,
    before,
  };
}

async function playStep(state: RunState, step: Step, done: Map<string, TraceStep>): Promise<void> {
  const before = state.connections.get(step.as)?.lastFrame;
  const startedAt = performance.now();
  let outcome: Outcome = {};
  let problem: string | undefined;
  try {
    outcome = await play(state, step);
  } catch (error) {
    if (error instanceof StepProblem) outcome = { received: error.received };
    problem = error instanceof Error ? error.message : String(error);
    if (!(error instanceof UnboundVariable)) state.hasTimedOut = true;
  }
  const isPending = step.verb === "call" && step.background && problem === undefined;
  if (isPending) {
    done.set(step.id, {
      ...traced(
        state,
        { ...step, save: undefined, expect: undefined },
        outcome,
        undefined,
        startedAt,
        before,
      ),
    });
    return;
  }
  done.set(step.id, traced(state, step, outcome, problem, startedAt, before));
  for (const late of outcome.settled ?? []) {
    const first = done.get(late.id);
    const target = state.background.get(late.id)?.step;
    if (first === undefined || target === undefined) continue;
    if (late.problem !== undefined) state.hasTimedOut = true;
    const whole = traced(state, target, { ...late, sent: first.sent }, late.problem, startedAt, first.before);
    done.set(late.id, { ...whole, plane: first.plane });
  }
}

function connectionsOf(state: RunState): TraceConnection[] {
  return [...state.openedBy.entries()].map(([connection, openedBy]) => ({
    name: connection.name,
    openedBy,
    events: connection.events.map(({ order, event, payload, seq }) => ({ order, event, payload, seq })),
  }));
}

/** Plays one scenario to a gateway and returns everything that was seen. Never throws for what the gateway does. */
export async function runScenario(scenario: Scenario, gateway: Gateway, options: RunOptions): Promise<Trace> {
  const startedAtMs = Date.now();
  gateway.tape.load(scenario.provider);
  const state: RunState = {
    scenario,
    gateway,
    variables: initialVariables(scenario, gateway),
    connections: new Map(),
    openedBy: new Map(),
    background: new Map(),
    patience: options.patience,
    cliHome: undefined,
    hasTimedOut: false,
    hasRestarted: false,
  };
  const done = new Map<string, TraceStep>();
  for (const step of scenario.steps) await playStep(state, step, done);
  gateway.tape.releaseAll();
  await settleDown(state, options.settleMs);
  const connections = connectionsOf(state);
  const outgoing = [...gateway.tape.asks];
  for (const connection of state.openedBy.keys()) connection.cut();
  await closeCliHome(state);
  const exit = gateway.control?.exit;
  const isGone = exit !== undefined && !scenario.steps.some((step) => step.verb === "gateway");
  return {
    scenario: scenario.id,
    steps: [...done.values()],
    connections,
    outgoing,
    facts: {
      home: gateway.home,
      cliHome: state.cliHome,
      token: gateway.token,
      installed: installedReference(),
      port: gateway.port,
      providerPort: gateway.tape.port,
      startedAtMs,
      endedAtMs: Date.now(),
      devices: devicesOf(scenario),
    },
    died: isGone ? `exit ${exit.code ?? exit.signal}: ${gateway.control?.logTail ?? ""}` : undefined,
  };
}
