import {
  sessionsBranchesList,
  sessionsBranchesSwitch,
  sessionsFork,
  sessionsRewind,
} from "../../../schemas/methods/sessions/branches.ts";
import { type Method, method } from "../method.ts";

export default [
  method(sessionsFork, async ({ params, deps }) => {
    const key = deps.sessions.keyFor(params.sessionKey, params.agentId);
    return await deps.sessions.lifecycle.fork(key, params.entryId);
  }),
  method(sessionsRewind, async ({ params, deps }) => {
    const key = deps.sessions.keyFor(params.sessionKey, params.agentId);
    return await deps.sessions.lifecycle.rewind(key, params.entryId);
  }),
  method(sessionsBranchesList, async ({ params, deps }) => {
    const key = deps.sessions.keyFor(params.sessionKey, params.agentId);
    return { branches: await deps.sessions.lifecycle.branches(key) };
  }),
  method(sessionsBranchesSwitch, async ({ params, deps }) => {
    const key = deps.sessions.keyFor(params.sessionKey, params.agentId);
    return deps.sessions.lifecycle.switchBranch(key, params.leafEntryId);
  }),
] satisfies Method[];
