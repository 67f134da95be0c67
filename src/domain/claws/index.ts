import { createHash } from "node:crypto";
import path from "node:path";
import { ProtocolError } from "../../errors/protocol-error.ts";
import type { ConfigSource } from "../config/index.ts";
import { type Cron, configRevision, type Job } from "../cron/index.ts";

/** The profile that a remover of Claws works on, as it names its files. */
export interface Binding {
  readonly configPath: string;
  readonly statePath: string;
  readonly cronStorePath: string;
}

/** A scheduled job that stands for an agent of the configuration, and would outlive it. */
export interface Monitor {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly agentId: string;
  readonly ownerAgentId: null;
  readonly storeKey: string;
  readonly declarationKey: string;
  readonly revision: string;
}

const KINDS = ["heartbeat", "skill-collection-review"];

/** The files of this gateway's profile; the reference's names, because that is what a remover knows. */
function ownBinding(config: ConfigSource): Binding {
  return {
    configPath: config.path,
    statePath: path.join(config.stateDir, "state", "openclaw.sqlite"),
    cronStorePath: path.join(config.stateDir, "cron", "jobs.json"),
  };
}

/** Refuses a remover that works on another profile than the one that is served here. */
export function checkBinding(config: ConfigSource, binding: Binding): void {
  const own = ownBinding(config);
  const isOwn =
    binding.configPath === own.configPath &&
    binding.statePath === own.statePath &&
    binding.cronStorePath === own.cronStorePath;
  if (!isOwn) throw unavailable("Gateway does not serve this Claw's config and scheduler state.");
}

/** Only the journal of a removal that goes on gives the right to clear up; this gateway begins none. */
export function noRemoval(): ProtocolError {
  return unavailable("Claw removal no longer owns the serving Gateway's deletion fence.");
}

export function monitorsOf(cron: Cron, agentId: string, { cronStorePath }: Binding): Monitor[] {
  const keys = new Set(KINDS.map((kind) => `${kind}:${agentId}`));
  return cron
    .list()
    .filter((job) => job.agentId === agentId && keys.has(job.declarationKey ?? ""))
    .map((job) => ({
      id: job.id,
      name: job.name,
      enabled: job.enabled,
      agentId,
      ownerAgentId: null,
      storeKey: cronStorePath,
      declarationKey: job.declarationKey ?? "",
      revision: revisionOf(job),
    }));
}

function revisionOf(job: Job): string {
  return `sha256:${createHash("sha256").update(configRevision(job)).digest("base64url")}`;
}

function unavailable(message: string): ProtocolError {
  return new ProtocolError("UNAVAILABLE", message, { retryable: false });
}
