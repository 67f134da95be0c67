import { mkdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { agentsCreate, agentsDelete, agentsUpdate } from "../../../schemas/methods/agents/roster.ts";
import { discardAgentFiles } from "../../domain/agents/discard.ts";
import { type IdentityLines, withIdentity } from "../../domain/agents/identity-file.ts";
import { type Agent, ownWorkspace, requireAgent } from "../../domain/agents/index.ts";
import { agentIdOf, withAgent, withoutAgent, withSettings } from "../../domain/agents/roster.ts";
import { changeConfig } from "../../domain/config/edit.ts";
import { expandHome } from "../../domain/config/paths.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { writePrivateFile } from "../../platform/files.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

/** What turns run in; there is no other here to choose. */
const RUNTIME = "openclaw";

export default [
  method(agentsCreate, async ({ params, deps }) => {
    const { name, model } = params;
    const [emoji, avatar] = [filled(params.emoji), filled(params.avatar)];
    const id = agentIdOf(name);
    if (deps.agents.get(id) !== undefined) throw invalidRequest(`agent "${id}" already exists`);
    const before = requireAgent(deps.agents, deps.agents.defaultId);
    const shared = deps.config.current().agents.defaults.workspace;
    const workspace =
      params.workspace === undefined ? ownWorkspace(shared, id, false) : folderOf(params.workspace);
    const agentDir = path.join(deps.config.stateDir, "agents", id, "agent");
    const identity = { name, ...given({ emoji, avatar }) };
    const entry = { name, workspace, agentDir, identity, ...given({ model }) };
    await makeWorkspace(workspace);
    await mkdir(path.join(deps.config.stateDir, "agents", id, "sessions"), { recursive: true });
    await deps.furnish(workspace);
    await writeIdentity(workspace, identity);
    await deps.births.record(id);
    await changeConfig((config) => withAgent(config, { id, entry }, before), deps);
    deps.events.publish("chat.metadata.changed", {});
    return { ok: true as const, agentId: id, name, workspace, ...given({ model }) };
  }),
  method(agentsUpdate, async ({ params, deps }) => {
    const { name, model, agentRuntime, emoji, avatar } = params;
    const isMore = [name, params.workspace, emoji, avatar].some((one) => one !== undefined);
    if (agentRuntime !== undefined && (typeof model !== "string" || isMore)) {
      throw invalidRequest("Runtime selection requires a model-only update.");
    }
    const agent = named(deps, params.agentId);
    const agentId = agent.id;
    if (agentRuntime !== undefined && agentRuntime !== RUNTIME) {
      throw new ProtocolError(
        "UNAVAILABLE",
        `Runtime "${agentRuntime}" is not available for ${model}. Refresh the model catalog and choose again.`,
        { retryable: false },
      );
    }
    const identity = given({ name, emoji, avatar });
    const workspace = params.workspace === undefined ? undefined : folderOf(params.workspace);
    const settings = {
      ...given({ name, workspace }),
      ...(model === undefined ? {} : { model: model ?? undefined }),
      ...(Object.keys(identity).length === 0 ? {} : { identity }),
    };
    if (Object.keys(settings).length === 0) return { ok: true as const, agentId };
    if (workspace !== undefined) await makeWorkspace(workspace);
    if (Object.keys(identity).length > 0) await writeIdentity(workspace ?? agent.workspace, identity);
    await changeConfig((config) => withSettings(config, agentId, settings), deps);
    deps.events.publish("chat.metadata.changed", {});
    return { ok: true as const, agentId };
  }),
  method(agentsDelete, async ({ params, deps }) => {
    const { deleteFiles = true } = params;
    const agent = named(deps, params.agentId);
    const agentId = agent.id;
    if (agentId === deps.authProfiles.keeper) throw keepsWhatIsShared(agentId);
    const others = deps.agents.list().filter(({ id }) => id !== agentId);
    if (others.length === 0) {
      throw invalidRequest(`Agent "${agentId}" is the only configured agent and cannot be deleted.`);
    }
    await endSessions(deps, agentId);
    let removedBindings = 0;
    await changeConfig((config) => {
      const without = withoutAgent(config, agentId);
      removedBindings = without.removedBindings;
      return without.config;
    }, deps);
    const files = deleteFiles
      ? await discardAgentFiles(agent, { others, stateDir: deps.config.stateDir, id: deps.ids.uuid() })
      : { removed: [], failed: [] };
    await deps.births.forget(agentId);
    deps.events.publish("chat.metadata.changed", {});
    return { ok: true as const, agentId, removedBindings, ...files };
  }),
] satisfies Method[];

/** The agent of a request, however its id is written. */
function named({ agents }: Deps, agentId: string): Agent {
  return requireAgent(agents, /[a-z0-9]/i.test(agentId) ? agentIdOf(agentId) : agentId);
}

function keepsWhatIsShared(agentId: string): ProtocolError {
  return invalidRequest(
    `Agent "${agentId}" owns the legacy shared auth store and cannot be deleted. ` +
      "Run openclaw doctor --fix to migrate shared auth, then retry.",
  );
}

/** compat(agents/roster): a folder that cannot be is taken for one that an older version left half set up. */
async function makeWorkspace(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new ProtocolError(
      "UNAVAILABLE",
      `StartupMaintenanceRequiredError: Legacy workspace setup state requires migration for ${folder}; ` +
        "run openclaw doctor --fix.: code=gateway.maintenance_required",
      { retryable: false, cause },
    );
  }
}

function folderOf(workspace: string): string {
  return path.resolve(expandHome(workspace, process.env["HOME"] ?? homedir()));
}

const filled = (text: string | undefined): string | undefined => (text?.trim() === "" ? undefined : text);

/** The members that were given. */
function given<T extends Readonly<Record<string, string | undefined>>>(members: T) {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    // What remains is what was not undefined.
    [K in keyof T]?: string;
  };
}

async function writeIdentity(workspace: string, identity: IdentityLines): Promise<void> {
  const file = path.join(workspace, "IDENTITY.md");
  await mkdir(workspace, { recursive: true });
  const text = await readFile(file, "utf8").catch(() => "");
  await writePrivateFile(file, withIdentity(text, identity));
}

/** Pages of sessions that one deletion goes through. */
const PAGES_MAX = 1_000;

/** Runs end, sessions go; the main session cannot go, and begins anew for the next agent of that name. */
async function endSessions(deps: Deps, agentId: string): Promise<void> {
  const mainKey = `agent:${agentId}:${deps.config.current().session.mainKey}`;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { sessions } = await deps.sessions.listing.list({ agentId }, { scopes: ["operator.admin"] });
    const others = sessions.filter(({ key }) => key !== mainKey);
    for (const { key } of others) {
      await deps.runs.abort(key);
      await deps.sessions.lifecycle.delete(key, {});
    }
    if (others.length === 0) break;
  }
  if ((await deps.sessions.get(mainKey)) === undefined) return;
  await deps.runs.abort(mainKey);
  await deps.sessions.lifecycle.reset(mainKey, "reset");
}
