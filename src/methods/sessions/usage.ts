import {
  sessionsUsage,
  sessionsUsageLogs,
  sessionsUsageTimeseries,
} from "../../../schemas/methods/sessions/usage.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

export default [
  method(sessionsUsage, async ({ params, deps }) => {
    const key = params.key === undefined ? {} : { key: deps.sessions.keyFor(params.key, params.agentId) };
    return deps.sessions.usage.report({ ...params, ...key });
  }),
  method(sessionsUsageTimeseries, async ({ params, deps }) => {
    return deps.sessions.usage.timeseries(keyIn(deps, params, "timeseries"));
  }),
  method(sessionsUsageLogs, async ({ params, deps }) => {
    const limit = typeof params["limit"] === "number" ? { limit: params["limit"] } : {};
    return deps.sessions.usage.logs(keyIn(deps, params, "logs"), limit.limit);
  }),
] satisfies Method[];

/** These two have no declared params: what is wrong with them is said here. */
function keyIn(deps: Deps, params: Readonly<Record<string, unknown>>, what: string): string {
  const { key } = params;
  if (typeof key !== "string" || key.trim() === "") throw invalidRequest(`key is required for ${what}`);
  return deps.sessions.canonicalKey(key);
}
