import { createHash } from "node:crypto";
import path from "node:path";
import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Documents } from "../documents/index.ts";
import { DEFAULTS, normalisePolicy, type PolicyFile } from "./policy-file.ts";

/** The policy as clients see it: the file, a mark of its content, and what holds where it says nothing. */
export interface PolicySnapshot {
  readonly path: string;
  readonly exists: true;
  readonly file: Readonly<Record<string, unknown>>;
  readonly hash: string;
  readonly resolvedDefaults: Readonly<Record<string, unknown>>;
}

/** Which commands may run without asking. Writing needs the mark of what was read: nobody overwrites unseen changes. */
export interface ExecPolicy {
  get(): Promise<PolicySnapshot>;
  /** Adds what somebody allowed once and for all. What there is no room for is asked about again. */
  remember(agentId: string, rules: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  set(file: Readonly<Record<string, unknown>>, baseHash: string | undefined): Promise<PolicySnapshot>;
}

const SCOPE = "exec-policy";
const NAME = "file";

export interface ExecPolicyParts {
  readonly documents: Documents;
  readonly ids: Ids;
  readonly stateDir: string;
  readonly homeDir: string | undefined;
}

export function createExecPolicy({ documents, ids, stateDir, homeDir }: ExecPolicyParts): ExecPolicy {
  /** Where the reference says that it keeps it. Clients show it; nobody opens it. */
  const shown = `${tilde(stateDir, homeDir)}/state/openclaw.sqlite#exec_approvals_config`;
  const empty: PolicyFile = {
    version: 1,
    socket: { path: path.join(stateDir, "exec-approvals.sock") },
    defaults: {},
    agents: {},
  };
  // One writer after the other, or two that read the same mark would both be let through.
  let writing: Promise<unknown> = Promise.resolve();

  // Written by `set` below and by nobody else.
  const read = async (): Promise<PolicyFile> =>
    ((await documents.read(SCOPE, NAME)) as PolicyFile | undefined) ?? empty;

  const snapshot = (file: PolicyFile): PolicySnapshot => {
    const { token: _, ...socket } = file.socket;
    return {
      path: shown,
      exists: true,
      file: { ...file, socket },
      hash: createHash("sha256").update(JSON.stringify(file)).digest("hex"),
      resolvedDefaults: { ...DEFAULTS, ...file.defaults },
    };
  };

  async function set(file: Readonly<Record<string, unknown>>, baseHash?: string): Promise<PolicySnapshot> {
    const before = await read();
    if (baseHash === undefined) {
      throw invalidRequest("exec approvals base hash required; re-run exec.approvals.get and retry");
    }
    if (baseHash !== snapshot(before).hash) {
      throw invalidRequest("exec approvals changed since last load; re-run exec.approvals.get and retry");
    }
    const next = normalisePolicy(file, before, () => ids.uuid());
    await documents.write(SCOPE, NAME, next);
    return snapshot(next);
  }

  async function remember(
    agentId: string,
    rules: readonly Readonly<Record<string, unknown>>[],
  ): Promise<void> {
    const before = await read();
    const agent = before.agents[agentId] ?? {};
    const known: unknown[] = Array.isArray(agent["allowlist"]) ? agent["allowlist"] : [];
    if (known.length + rules.length > POLICY.execAllowlistMax) return;
    const allowlist = [...known, ...rules.map((rule) => ({ ...rule, id: ids.uuid() }))];
    const agents = { ...before.agents, [agentId]: { ...agent, allowlist } };
    await documents.write(SCOPE, NAME, { ...before, agents });
  }

  function inTurn<T>(write: () => Promise<T>): Promise<T> {
    const written = writing.then(write);
    writing = written.catch(() => undefined);
    return written;
  }

  return {
    get: async () => snapshot(await read()),
    remember: (agentId, rules) => inTurn(() => remember(agentId, rules)),
    set: (file, baseHash) => inTurn(() => set(file, baseHash)),
  };
}

function tilde(folder: string, homeDir: string | undefined): string {
  const isBelow = homeDir !== undefined && folder.startsWith(homeDir + path.sep);
  return isBelow ? `~${folder.slice(homeDir.length)}` : folder;
}
