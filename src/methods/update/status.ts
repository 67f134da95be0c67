import {
  updateHold,
  updateRunsGet,
  updateRunsList,
  updateStatus,
} from "../../../schemas/methods/update/status.ts";
import { type Method, method } from "../method.ts";

/** A package is updated by whoever installed it: this gateway looks for no updates, and made none. */
const SCHEDULE = { channel: "stable", autoEnabled: false, install: { kind: "package" } } as const;

export default [
  method(updateStatus, ({ params }) => ({
    effectiveChannel: SCHEDULE.channel,
    ...(params.refreshCheckout === true ? { schedule: SCHEDULE } : {}),
    sentinel: null,
    updateAvailable: null,
  })),
  // There is no update under way that could be held back.
  method(updateHold, () => ({ ok: false, schedule: SCHEDULE })),
  method(updateRunsList, () => ({ runs: [] })),
  method(updateRunsGet, () => ({ run: null })),
] satisfies Method[];
