import {
  cronAdd,
  cronGet,
  cronList,
  cronRemove,
  cronStatus,
  cronUpdate,
} from "../../../schemas/methods/cron/jobs.ts";
import {
  compactView,
  configRevision,
  deliveryPreview,
  digest,
  isMeant,
  type Job,
  type JobFilter,
  jobIdOf,
  jobView,
  settledDraft,
  settledPatch,
  sorted,
} from "../../domain/cron/index.ts";
import { type Method, method } from "../method.ts";

const LIMIT_DEFAULT = 50;

export default [
  prepared(
    settledDraft,
    method(cronAdd, async ({ params, deps }) => {
      const { job, isCreated, isUpdated } = await deps.cron.add(params);
      const preview = deliveryPreview(job);
      if (job.declarationKey === undefined) return { ...jobView(job), deliveryPreview: preview };
      return {
        job: jobView(job),
        created: isCreated,
        ...(isCreated ? {} : { updated: isUpdated }),
        deliveryPreview: preview,
      };
    }),
  ),
  prepared(
    settledPatch,
    method(cronUpdate, async ({ params, deps }) =>
      jobView(await deps.cron.update(jobIdOf(params), params.patch, params.expectedConfigRevision)),
    ),
  ),
  method(cronGet, ({ params, deps }) => jobView(deps.cron.get(jobIdOf(params)))),
  method(cronRemove, async ({ params, deps }) => {
    await deps.cron.remove(jobIdOf(params));
    return { ok: true, removed: true };
  }),
  method(cronList, ({ params, deps }) => {
    const filter: JobFilter = { ...params, agentOf: (job) => deps.cron.agentOf(job) };
    const all = sorted(
      deps.cron.list().filter((job) => isMeant(job, filter)),
      params,
    );
    // Without a limit the first page holds everything that an ordinary gateway has.
    const limit = params.limit ?? Math.max(all.length === 0 ? LIMIT_DEFAULT : all.length, 1);
    const offset = Math.min(params.offset ?? 0, all.length);
    const page = all.slice(offset, offset + limit);
    const end = offset + page.length;
    const hasMore = end < all.length;
    const view = (job: Job): Record<string, unknown> =>
      params.compact === true
        ? compactView(job, deps.cron.agentOf(job))
        : { ...jobView(job), effectiveAgentId: deps.cron.agentOf(job) };
    const showsPreviews = params.includeDeliveryPreviews !== false && params.compact !== true;
    return {
      jobs: page.map(view),
      total: all.length,
      offset,
      limit,
      hasMore,
      nextOffset: hasMore ? end : null,
      snapshotRevision: digest(
        all.map((job) => `${job.id}:${configRevision(job)}:${job.updatedAtMs}`).join("\n"),
      ),
      ...(showsPreviews
        ? { deliveryPreviews: Object.fromEntries(page.map((job) => [job.id, deliveryPreview(job)])) }
        : {}),
    };
  }),
  method(cronStatus, ({ deps }) => {
    const { enabled, jobs, nextWakeAtMs } = deps.cron.status();
    const file = `${deps.config.stateDir}/understudy/understudy.sqlite`;
    return {
      enabled,
      triggersEnabled: false,
      storage: "sqlite",
      storePath: file,
      sqlitePath: file,
      jobs,
      nextWakeAtMs,
    };
  }),
] satisfies Method[];

/** Jobs may leave much to what they are; the contract wants it said, so it is put in before. */
function prepared(prepare: NonNullable<Method["prepare"]>, changing: Method): Method {
  return { ...changing, prepare };
}
