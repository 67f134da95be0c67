import { createHash } from "node:crypto";
import { isoTime } from "../../platform/iso.ts";
import type { Job } from "./job.ts";

/** What the reference says when a result should go to a chat and there is none. */
export const NO_CHANNEL =
  "Channel is required (no configured channels detected). Run openclaw channels add to configure one, or pass --channel <channel> after enabling a channel. Use openclaw channels list --all to see available channel ids. Set delivery.channel explicitly or use a main session with a previous channel.";

export interface DeliveryPreview {
  readonly label: string;
  readonly detail: string;
}

/** A mark that changes with what a job is, and not with what it did. */
export function configRevision(job: Job): string {
  const { state: _, updatedAtMs: _updated, createdAtMs: _created, ...definition } = job;
  return digest(JSON.stringify(sorted(definition)));
}

export function digest(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("base64url")}`;
}

/** The same members in the same order, however they were put together. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}

/** The job as `cron.get` and the lists show it: the last run stands at the top as well. */
export function jobView(job: Job): Record<string, unknown> {
  const { state } = job;
  return {
    ...job,
    configRevision: configRevision(job),
    ...present("nextRunAtMs", state.nextRunAtMs),
    ...present("lastRunAtMs", state.lastRunAtMs),
    ...present("lastRunStatus", state.lastRunStatus),
    ...present("lastError", state.lastError),
    ...present("lastDelivered", state.lastDelivered),
    ...present("lastDeliveryStatus", state.lastDeliveryStatus),
    ...present("lastDeliveryError", state.lastDeliveryError),
    ...present("lastFailureNotificationDeliveryStatus", state.lastFailureNotificationDeliveryStatus),
  };
}

export function compactView(job: Job, agentId: string): Record<string, unknown> {
  const { state } = job;
  const moment = (ms: number | undefined): string | null => (ms === undefined ? null : isoTime(ms));
  return {
    id: job.id,
    ...present("declarationKey", job.declarationKey),
    ...present("displayName", job.displayName),
    name: job.name,
    enabled: job.enabled,
    ...present("agentId", job.agentId),
    effectiveAgentId: agentId,
    schedule: job.schedule,
    scheduleKind: job.schedule.kind,
    nextRunAt: moment(state.nextRunAtMs),
    nextRunAtMs: state.nextRunAtMs ?? null,
    lastRunAt: moment(state.lastRunAtMs),
    lastRunAtMs: state.lastRunAtMs ?? null,
    lastRunStatus: state.lastRunStatus ?? null,
    lastRunError: state.lastError ?? null,
    updatedAtMs: job.updatedAtMs,
  };
}

/** Where the next result would go. There is no channel here, so a chat is reached only when it is named. */
export function deliveryPreview(job: Job): DeliveryPreview {
  const { delivery } = job;
  if (delivery === undefined || delivery.mode === "none") {
    return { label: "not requested", detail: "not requested" };
  }
  if (delivery.mode === "webhook") return { label: `webhook:${delivery.to}`, detail: "webhook" };
  if (job.sessionTarget === "current" && delivery.channel === undefined) {
    return {
      label: "announce -> current session",
      detail: "commits to this conversation (no external channel route)",
    };
  }
  if (delivery.channel !== undefined && delivery.channel !== "last" && delivery.to !== undefined) {
    return { label: `announce -> ${delivery.channel}:${delivery.to}`, detail: "explicit" };
  }
  return { label: "announce -> last", detail: `last -> no route, will fail-closed: ${NO_CHANNEL}` };
}

function present<K extends string, V>(key: K, value: V | undefined): Record<string, V> {
  return value === undefined ? {} : { [key]: value };
}
