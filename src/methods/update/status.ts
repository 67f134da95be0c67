import {
  updateHold,
  updateRunsGet,
  updateRunsList,
  updateStatus,
} from "../../../schemas/methods/update/status.ts";
import { sentinelOf } from "../../domain/updates/index.ts";
import { type Method, method } from "../method.ts";

const RUNS_DEFAULT = 20;

export default [
  method(updateStatus, async ({ params, deps: { updates, updateRuns } }) => {
    const [last] = await updateRuns.list(1);
    const schedule = params.refreshCheckout === true ? updates.look() : updates.schedule();
    return {
      effectiveChannel: updates.look().channel,
      ...(schedule === undefined ? {} : { schedule }),
      sentinel: last === undefined ? null : sentinelOf(last, last.before),
      ...(last === undefined ? {} : { lastRun: { ...last } }),
      updateAvailable: null,
    };
  }),
  // There is no update under way that could be held back.
  method(updateHold, ({ deps: { updates } }) => ({ ok: false, schedule: updates.look() })),
  method(updateRunsList, async ({ params, deps: { updateRuns } }) => ({
    runs: (await updateRuns.list(params.limit ?? RUNS_DEFAULT)).map((run) => ({ ...run })),
  })),
  method(updateRunsGet, async ({ params, deps: { updateRuns } }) => {
    const run = await updateRuns.get(params.runId);
    return { run: run === undefined ? null : { ...run } };
  }),
] satisfies Method[];
