import { readFile, writeFile } from "node:fs/promises";
import { until } from "../launch/bounded.ts";
import type { GatewayControl } from "../launch/gateway.ts";
import { insideHome, writeFilesInto } from "../launch/launch.ts";
import { merge } from "../scenario/merge.ts";
import type { Step, StepOf } from "../scenario/step-schema.ts";
import { httpCall } from "./http-call.ts";
import { connectionOf, filled, type Outcome, type RunState, StepProblem, timeoutOf } from "./session.ts";

const QUIET_MAX_MS = 8000;

function controlOf(state: RunState): GatewayControl {
  const { control } = state.gateway;
  if (control === undefined) throw new StepProblem("this gateway is not ours to restart or configure");
  return control;
}

function homeOf(state: RunState): string {
  const { home } = state.gateway;
  if (home === undefined) throw new StepProblem("the HOME of this gateway is not known");
  return home;
}

export async function gatewayStep(state: RunState, step: StepOf<"gateway">): Promise<Outcome> {
  const control = controlOf(state);
  state.hasRestarted = true;
  switch (step.gateway) {
    case "restart":
      await control.restart();
      return { received: { ok: true } };
    case "start":
      await control.start();
      return { received: { ok: true } };
    case "stop": {
      const exit = await control.stop();
      return { received: { ok: true, exitCode: exit.code, signal: exit.signal } };
    }
    case "kill":
      await control.kill();
      return { received: { ok: true } };
    default:
      return step.gateway satisfies never;
  }
}

export async function writeConfigStep(state: RunState, step: StepOf<"writeConfig">): Promise<Outcome> {
  const { configFile } = controlOf(state);
  const change = filled(state, step.writeConfig);
  if (change.text !== undefined) {
    await writeFile(configFile, change.text);
    return {};
  }
  // Written by ourselves or by the gateway; both write JSON.
  const present: unknown = JSON.parse(await readFile(configFile, "utf8"));
  await writeFile(configFile, `${JSON.stringify(merge(present, change.merge ?? {}), null, 2)}\n`);
  return {};
}

export async function writeFilesStep(state: RunState, step: StepOf<"writeFiles">): Promise<Outcome> {
  await writeFilesInto(homeOf(state), filled(state, step.writeFiles));
  return {};
}

export async function readFileStep(state: RunState, step: StepOf<"readFile">): Promise<Outcome> {
  const path = insideHome(homeOf(state), filled(state, step.readFile));
  try {
    return { received: { exists: true, text: await readFile(path, "utf8") } };
  } catch {
    return { received: { exists: false } };
  }
}

/** Waits until neither a socket nor the provider has moved for that long. */
export async function settleDown(state: RunState, quietMs: number): Promise<void> {
  const last = (): number =>
    Math.max(
      state.gateway.tape.lastActivity,
      ...[...state.connections.values()].map((connection) => connection.lastActivity),
    );
  const begun = performance.now();
  await until(() => performance.now() - Math.max(last(), begun) >= quietMs, QUIET_MAX_MS, 10);
}

export async function httpStep(state: RunState, step: StepOf<"http">): Promise<Outcome> {
  const http = filled(state, step.http);
  const begun = performance.now();
  try {
    const received = await httpCall(state.gateway, http, timeoutOf(state, step));
    return { sent: http, received, latencyMs: performance.now() - begun };
  } catch (error) {
    throw new StepProblem(error instanceof Error ? error.message : String(error));
  }
}

export async function askedStep(state: RunState, step: StepOf<"asked">): Promise<Outcome> {
  const { tape } = state.gateway;
  const isEnough = await until(() => tape.asks.length >= step.asked, timeoutOf(state, step));
  if (!isEnough) {
    state.hasTimedOut = true;
    throw new StepProblem(`the provider was asked ${tape.asks.length} times, not ${step.asked}`);
  }
  return {};
}

export async function awaitCloseStep(state: RunState, step: StepOf<"awaitClose">): Promise<Outcome> {
  const close = await connectionOf(state, step.as).awaitClose(timeoutOf(state, step));
  if (close === undefined) throw new StepProblem("the gateway did not close the connection");
  return { received: close };
}

/** Steps that only do something to our own side. */
export async function localStep(
  state: RunState,
  step: Extract<Step, { verb: "cut" | "close" | "quiet" | "release" }>,
): Promise<Outcome> {
  switch (step.verb) {
    case "cut":
      connectionOf(state, step.as).cut();
      return {};
    case "close":
      await connectionOf(state, step.as).close(step.close.code, step.close.reason);
      return {};
    case "quiet":
      await settleDown(state, step.quiet);
      return {};
    case "release":
      state.gateway.tape.release(step.release);
      return {};
    default:
      return step satisfies never;
  }
}
