import type { Static } from "@sinclair/typebox";
import type { cronAdd } from "../../../schemas/methods/cron/jobs.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { isoTime } from "../../platform/iso.ts";
import { type Delivery, type Job, type Payload, type Schedule, SYSTEM_NAMESPACES } from "./job.ts";
import { zoneOf } from "./schedule.ts";
import type { CronTimes } from "./times.ts";

export type JobDraft = Static<(typeof cronAdd)["params"]>;

const MINUTE_MS = 60_000;
const YEAR_MS = 365.25 * 24 * 60 * MINUTE_MS;
const YEARS_AHEAD_MAX = 10;
const SCRIPT_DEFAULTS = { timeoutSeconds: 300, toolBudget: 50 } as const;

/** Refusals of the scheduler itself; the reference sends them as failures of the service. */
export function cronFailure(text: string): ProtocolError {
  return new ProtocolError("UNAVAILABLE", `Error: ${text}`, { retryable: false });
}

/** Throws when a schedule could never run; gives it back with its moment written the one way. */
export function checkedSchedule(
  schedule: Schedule,
  parts: { readonly method: string; readonly now: number; readonly times: CronTimes },
): Schedule {
  switch (schedule.kind) {
    case "at":
      return { kind: "at", at: isoTime(checkedMoment(schedule.at, parts.now)) };
    case "cron": {
      const problem = parts.times.problem(schedule.expr, zoneOf(schedule.tz));
      if (problem !== undefined) throw invalidRequest(`invalid ${parts.method} params: ${problem}`);
      return schedule;
    }
    case "every":
      return schedule;
    case "on-exit":
    case "stream":
      throw cronFailure(`cron schedule kind "${schedule.kind}" is not supported by this gateway`);
  }
}

function checkedMoment(text: string, now: number): number {
  const hasZone = /(?:z|[+-]\d{2}:?\d{2})$/i.test(text.trim());
  const atMs = Date.parse(hasZone || !text.includes("T") ? text : `${text}Z`);
  if (Number.isNaN(atMs)) {
    throw invalidRequest(`Invalid schedule.at: expected ISO-8601 timestamp (got ${text})`);
  }
  const behindMs = now - atMs;
  if (behindMs > MINUTE_MS) {
    const minutes = Math.floor(behindMs / MINUTE_MS);
    throw invalidRequest(
      `schedule.at is in the past: ${isoTime(atMs)} (${minutes} minutes ago). Current time: ${isoTime(now)}`,
    );
  }
  if (-behindMs > YEARS_AHEAD_MAX * YEAR_MS) {
    const years = Math.floor(-behindMs / YEAR_MS);
    throw invalidRequest(
      `schedule.at is too far in the future: ${isoTime(atMs)} (${years} years ahead). Maximum allowed: ${YEARS_AHEAD_MAX} years`,
    );
  }
  return atMs;
}

/** What a job may be made of: which payloads go where, and where their results may. */
export function checkCombination(
  job: Pick<Job, "sessionTarget" | "payload" | "delivery" | "pacing" | "schedule">,
  method: string,
): void {
  const { kind } = job.payload;
  if (job.sessionTarget === "main") {
    if (kind !== "systemEvent" && kind !== "script" && kind !== "heartbeat") {
      throw invalidRequest(
        `invalid ${method} params: main cron jobs require payload.kind="systemEvent" or "script"`,
      );
    }
    if (job.delivery !== undefined && job.delivery.mode === "announce") {
      throw invalidRequest(
        `invalid ${method} params: cron channel delivery config is only supported for sessionTarget="isolated"`,
      );
    }
  } else if (kind === "systemEvent") {
    throw cronFailure(
      'isolated cron jobs require payload.kind="agentTurn", "command", or "script"; script payloads do not support current/session targets',
    );
  }
  if (kind === "script") throw cronFailure("cron script payloads are not supported by this gateway");
  checkWebhook(job.delivery, method);
  checkPacing(job.pacing);
}

function checkWebhook(delivery: Delivery | undefined, method: string): void {
  if (delivery?.mode !== "webhook" || isHttp(delivery.to)) return;
  throw invalidRequest(
    `invalid ${method} params: cron webhook delivery requires delivery.to to be a valid http(s) URL`,
  );
}

function isHttp(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === "http:" || url.protocol === "https:");
}

function checkPacing(pacing: Job["pacing"]): void {
  if (pacing === undefined) return;
  if (pacing.min === undefined && pacing.max === undefined) {
    throw cronFailure("cron pacing requires at least one of min or max");
  }
  for (const bound of ["min", "max"] as const) {
    const text = pacing[bound];
    if (text !== undefined && !/^\s*(?:\d+(?:\.\d+)?\s*(?:ms|s|m|h|d|w)\s*)+$/i.test(text)) {
      throw cronFailure(`cron pacing ${bound} must be a positive duration`);
    }
  }
}

/** Names of declarations that are the gateway's own cannot be taken. */
export function checkDeclaration(declarationKey: string | undefined, method: string): void {
  const prefix = SYSTEM_NAMESPACES.find((one) => declarationKey?.startsWith(one) === true);
  if (prefix === undefined) return;
  throw invalidRequest(
    `invalid ${method} params: cron declarationKey namespace "${prefix}" is system-owned; jobs cannot be created with it`,
  );
}

/** The payload with what the gateway adds: who may run tools says so, since absence means an older job. */
export function settledPayload(payload: Payload): Payload {
  if (payload.kind === "agentTurn") return { ...payload, toolsAllow: payload.toolsAllow ?? ["*"] };
  if (payload.kind === "script") {
    return { ...SCRIPT_DEFAULTS, ...payload, toolsAllow: payload.toolsAllow ?? ["*"] };
  }
  return payload;
}

/** What a job is made of, before it has an id, a time and a state. */
export function composeDraft(
  draft: JobDraft,
  parts: { readonly method: string; readonly now: number; readonly times: CronTimes },
): Omit<Job, "id" | "createdAtMs" | "updatedAtMs" | "state"> {
  checkDeclaration(draft.declarationKey, parts.method);
  const schedule = checkedSchedule(draft.schedule, parts);
  if (draft.trigger !== undefined) {
    throw cronFailure("cron condition triggers are not supported by this gateway");
  }
  const sessionKey = draft.sessionKey ?? undefined;
  const sessionTarget =
    draft.sessionTarget === "current" && sessionKey === undefined ? "isolated" : draft.sessionTarget;
  const payload = settledPayload(draft.payload);
  const delivery = draft.delivery ?? (sessionTarget === "main" ? undefined : ({ mode: "announce" } as const));
  const job = {
    name: draft.name.trim(),
    ...(draft.declarationKey === undefined ? {} : { declarationKey: draft.declarationKey }),
    ...(draft.displayName === undefined ? {} : { displayName: draft.displayName }),
    ...(draft.description === undefined ? {} : { description: draft.description }),
    ...(draft.owner === undefined ? {} : { owner: draft.owner }),
    ...(draft.agentId === undefined || draft.agentId === null ? {} : { agentId: draft.agentId }),
    ...(sessionKey === undefined ? {} : { sessionKey }),
    enabled: draft.enabled ?? true,
    ...deleteAfterRun(draft.deleteAfterRun, schedule),
    schedule,
    ...(draft.pacing === undefined ? {} : { pacing: draft.pacing }),
    sessionTarget,
    wakeMode: draft.wakeMode,
    payload,
    ...(delivery === undefined ? {} : { delivery }),
    ...(draft.failureAlert === undefined ? {} : { failureAlert: draft.failureAlert }),
    ...toolPolicy(payload),
  };
  checkCombination(job, parts.method);
  return job;
}

function deleteAfterRun(wanted: boolean | undefined, schedule: Schedule): { deleteAfterRun?: boolean } {
  if (wanted !== undefined) return { deleteAfterRun: wanted };
  return schedule.kind === "at" ? { deleteAfterRun: true } : {};
}

export function toolPolicy(payload: Payload): Pick<Job, "scheduledToolPolicy"> {
  const runsTools = payload.kind === "agentTurn" || payload.kind === "script";
  return runsTools ? { scheduledToolPolicy: { mode: "trusted", version: 1 } } : {};
}
