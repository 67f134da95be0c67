import type { Model } from "../models/index.ts";
import type { ProviderFailure } from "./provider.ts";

/** Which models a turn may use: the one it began with, and what answers in its place. */
export interface Route {
  readonly requested: Model;
  /** Models that failed, in the order in which they were tried. */
  readonly failed: { readonly model: Model; readonly failure: ProviderFailure }[];
  readonly left: Model[];
}

/** Failures that say something about the key, and so about every model that goes by it. */
const KEY_FAILURES: ReadonlySet<string> = new Set(["auth", "billing"]);

export const nameOf = (model: Model): string => `${model.provider}/${model.id}`;

export function createRoute(requested: Model, fallbacks: readonly Model[]): Route {
  const left = fallbacks.filter((model) => nameOf(model) !== nameOf(requested));
  return { requested, failed: [], left };
}

/** Notes the failure and takes the next model that has a chance; undefined when there is none. */
export function advance(route: Route, model: Model, failure: ProviderFailure): Model | undefined {
  route.failed.push({ model, failure });
  for (;;) {
    const next = route.left.shift();
    if (next === undefined) return undefined;
    if (!KEY_FAILURES.has(failure.reason) || next.provider !== model.provider) return next;
  }
}

export function detailOf(failure: ProviderFailure): string {
  return failure.status === undefined ? failure.message : `${failure.status} ${failure.message}`;
}

/** What is told when more than one model was tried; undefined when there was but one. */
export function allFailedText({ failed }: Route): string | undefined {
  if (failed.length < 2) return undefined;
  const each = failed.map(
    ({ model, failure }) => `${nameOf(model)}: ${detailOf(failure)} (${failure.reason})`,
  );
  return `All models failed (${failed.length}): ${each.join(" | ")}`;
}

/** One step from a model to the next, or to the end, as `lifecycle` tells it. */
export function fallbackStep(
  route: Route,
  next: Model | undefined,
  reason: string,
  detail: string,
  from: Model,
) {
  return {
    phase: "fallback_step",
    fallbackStepType: "fallback_step",
    fallbackStepFromModel: nameOf(from),
    ...(next === undefined ? {} : { fallbackStepToModel: nameOf(next) }),
    fallbackStepFromFailureReason: reason,
    fallbackStepFromFailureDetail: detail,
    fallbackStepChainPosition: Math.max(1, route.failed.length),
    fallbackStepFinalOutcome: next === undefined ? "chain_exhausted" : "next_fallback",
  };
}
