import { sessionsGoalClear, sessionsGoalUpdate } from "../../../schemas/methods/sessions/goal.ts";
import { type Method, method } from "../method.ts";

export default [
  method(sessionsGoalUpdate, ({ params, deps }) => {
    return deps.sessions.checkGoal(deps.sessions.keyFor(params.sessionKey, params.agentId), params);
  }),
  method(sessionsGoalClear, ({ params, deps }) => {
    return deps.sessions.checkGoal(deps.sessions.keyFor(params.sessionKey, params.agentId), params);
  }),
] satisfies Method[];
