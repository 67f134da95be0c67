import {
  sessionsFilesGet,
  sessionsFilesList,
  sessionsFilesReveal,
  sessionsFilesSet,
} from "../../../schemas/methods/sessions/files.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

function entryOf(deps: Deps, target: { readonly sessionKey: string; readonly agentId?: string }) {
  return deps.sessions.get(deps.sessions.keyFor(target.sessionKey, target.agentId));
}

export default [
  method(sessionsFilesList, async ({ params, deps }) => {
    return deps.sessions.files.list(await entryOf(deps, params), params.sessionKey, params);
  }),
  method(sessionsFilesGet, async ({ params, deps }) => {
    const { sessionKey, root, file } = await deps.sessions.files.get(
      await entryOf(deps, params),
      params.sessionKey,
      params.path,
    );
    return { sessionKey, root, file: { ...file } };
  }),
  method(sessionsFilesSet, async ({ params, deps }) => {
    const entry = await entryOf(deps, params);
    const { sessionKey, root, file } = await deps.sessions.files.set(entry, params.sessionKey, params);
    return { sessionKey, root, file: { ...file } };
  }),
  method(sessionsFilesReveal, async ({ params, deps }) => {
    const entry = await deps.sessions.get(deps.sessions.keyFor(params.key, params.agentId));
    if (entry === undefined) throw invalidRequest(`session not found: ${params.key}`);
    const path = deps.sessions.files.root(entry);
    // A gateway has no screen of its own to open a folder on.
    const error = `Cannot open path in headless environment. Path: ${path}. This environment appears to lack a graphical or terminal browser handler.`;
    return { ok: false, path, error };
  }),
] satisfies Method[];
