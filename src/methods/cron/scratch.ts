import { cronScratchGet, cronScratchSet } from "../../../schemas/methods/cron/scratch.ts";
import { POLICY } from "../../../schemas/policy.ts";
import { jobIdOf, type Scratch } from "../../domain/cron/index.ts";
import { type Method, method } from "../method.ts";

export default [
  method(cronScratchGet, async ({ params, deps }) => {
    const scratch = await deps.cron.scratch(jobIdOf(params));
    return { ...present(scratch), maxBytes: POLICY.cronScratchCharsMax };
  }),
  method(cronScratchSet, async ({ params, deps }) => {
    const { content, expectedRevision } = params;
    const { isStored, scratch } = await deps.cron.setScratch(jobIdOf(params), content, expectedRevision);
    if (!isStored) return { ok: false, reason: "revision-conflict", currentRevision: scratch.revision };
    return { ok: true, ...present(scratch), maxBytes: POLICY.cronScratchCharsMax };
  }),
] satisfies Method[];

function present(scratch: Scratch | undefined) {
  const currentRevision = scratch?.revision ?? 0;
  if (scratch === undefined || scratch.content === null) return { scratch: null, currentRevision };
  const { content, revision, updatedAtMs } = scratch;
  return { scratch: { content, revision, updatedAtMs }, currentRevision };
}
