import { stat } from "node:fs/promises";
import { homedir } from "node:os";
import {
  terminalAttach,
  terminalClose,
  terminalInput,
  terminalList,
  terminalOpen,
  terminalResize,
  terminalUpload,
} from "../../../schemas/methods/terminal/terminal.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

/** The agent that a terminal is opened for; a chat session must be one of its. */
function agentFor(deps: Deps, agentId: string | undefined, sessionKey: string | undefined): string {
  const id = (agentId ?? deps.agents.defaultId).toLowerCase();
  if (deps.agents.get(id) === undefined) throw invalidRequest(`unknown agent "${agentId ?? id}"`);
  const owner = /^agent:([^:]+):/.exec(sessionKey ?? "")?.[1];
  if (owner !== undefined && owner !== id)
    throw invalidRequest(`agent "${id}" does not match session key agent "${owner}"`);
  return id;
}

async function sessionFor(deps: Deps, reference: string, agentId: string): Promise<string> {
  const key = deps.sessions.canonicalKey(reference, agentId);
  const entry = await deps.sessions.get(key);
  if (entry === undefined || entry.archivedAt !== undefined)
    throw new ProtocolError("UNAVAILABLE", "session is no longer available; refresh and retry", {
      retryable: false,
    });
  return key;
}

/** The agent's workspace, or the home of whoever runs the gateway as long as there is none. */
async function placeOf(deps: Deps, agentId: string): Promise<string> {
  const workspace = deps.agents.get(agentId)?.workspace;
  const isThere = workspace !== undefined && (await isFolder(workspace));
  return isThere ? workspace : (process.env["HOME"] ?? homedir());
}

async function isFolder(place: string): Promise<boolean> {
  try {
    return (await stat(place)).isDirectory();
  } catch {
    return false;
  }
}

/** The terminals, unless they are switched off. */
function terminalsOf({ terminals }: Deps): Deps["terminals"] {
  terminals.checkEnabled();
  return terminals;
}

/** Agents that live in a sandbox have no shell outside of it. */
function checkUnboxed(deps: Deps, agentId: string): void {
  const { entries, defaults } = deps.config.current().agents;
  const own = entries.find(({ id }) => id === agentId)?.["sandbox"];
  const mode: unknown = Reflect.get(Object(own), "mode") ?? Reflect.get(Object(defaults["sandbox"]), "mode");
  if (mode !== "all") return;
  throw new ProtocolError("UNAVAILABLE", `agent "${agentId}" is fully sandboxed`, { retryable: false });
}

export default [
  method(terminalOpen, async ({ params, deps, caller }) => {
    const terminals = terminalsOf(deps);
    const { catalog, cols, rows } = params;
    if (catalog !== undefined) throw invalidRequest(`unknown session catalog: ${catalog.catalogId}`);
    const agentId = agentFor(deps, params.agentId, params.sessionKey);
    checkUnboxed(deps, agentId);
    const sessionKey =
      params.sessionKey === undefined ? undefined : await sessionFor(deps, params.sessionKey, agentId);
    const { connId } = caller;
    const cwd = await placeOf(deps, agentId);
    const owned = sessionKey === undefined ? {} : { sessionKey };
    return await terminals.open({ connId, agentId, cwd, ...owned, cols, rows });
  }),
  method(terminalList, ({ deps }) => ({ sessions: [...terminalsOf(deps).list()] })),
  method(terminalAttach, ({ params, deps, caller }) =>
    terminalsOf(deps).attach(params.sessionId, caller.connId),
  ),
  method(terminalInput, ({ params, deps, caller }) => ({
    ok: terminalsOf(deps).input(params.sessionId, caller.connId, params.data),
  })),
  method(terminalResize, ({ params, deps, caller }) => ({
    ok: terminalsOf(deps).resize(params.sessionId, caller.connId, params.cols, params.rows),
  })),
  method(terminalClose, ({ params, deps, caller }) => ({
    ok: terminalsOf(deps).close(params.sessionId, caller.connId),
  })),
  method(terminalUpload, ({ params, deps, caller }) =>
    terminalsOf(deps).upload(params.sessionId, caller.connId, params),
  ),
] satisfies Method[];
