import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { cronerTimes } from "../../adapters/cron-times/croner.ts";
import { systemIds } from "../../platform/ids.ts";
import { silentLog } from "../../platform/log.ts";
import { createCronStore } from "../../store/cron.ts";
import { openDatabase } from "../../store/database.ts";
import { NO_LOG } from "../../store/log-sync.ts";
import { createTaskStore } from "../../store/tasks.ts";
import { createTestClock, type TestClock } from "../../testing/clock.ts";
import { createTasks } from "../tasks/index.ts";
import { type Cron, type CronParts, createCron } from "./index.ts";

const HOUR_MS = 3_600_000;

type Rig = AsyncDisposable & {
  readonly cron: Cron;
  readonly clock: TestClock;
  readonly begun: string[];
  /** Ends the process without a word: nothing is put on record any more. */
  crash(): void;
  readonly finished: () => Promise<number>;
};

/** A scheduler whose commands end when the test says so, over a database that outlives it. */
async function openRig(
  stateDir: string,
  clock: TestClock,
  options: { readonly hangs?: boolean; readonly skipsMissed?: boolean } = {},
): Promise<Rig> {
  const database = openDatabase({ stateDir, clock, openLog: () => NO_LOG });
  const begun: string[] = [];
  const events = { publish: () => {} };
  const store = createCronStore(database, clock);
  // The jobs of these tests run commands: agents, sessions and runs are not asked for anything but a default id.
  const unused = { agents: { defaultId: "main", list: () => [], get: () => undefined } } as unknown as Pick<
    CronParts,
    "agents" | "runs" | "sessions" | "models" | "heartbeats"
  >;
  const cron = createCron({
    ...unused,
    store,
    clock,
    ids: systemIds,
    log: silentLog,
    events,
    times: cronerTimes,
    tasks: createTasks({ store: createTaskStore(database), events, clock, ids: systemIds }),
    isEnabled: () => true,
    skipsMissed: () => options.skipsMissed === true,
    ownJobs: () => ({
      heartbeats: [],
      skillReviews: { agentIds: [], isEnabled: false },
      dreaming: "none",
    }),
    runCommand: (command) => {
      begun.push(command.argv[0] ?? "");
      if (options.hangs === true) return new Promise(() => {});
      return Promise.resolve({ exitCode: 0, stdout: "done", stderr: "", timedOut: false });
    },
  });
  await cron.start();
  const finished = async () => (await cron.runs({ isOldestFirst: true, limit: 200, offset: 0 })).total;
  const crash = (): void => {
    cron.stop();
    database.close();
  };
  return { cron, clock, begun, crash, finished, [Symbol.asyncDispose]: async () => crash() };
}

async function stateFolder(): Promise<{ dir: string } & AsyncDisposable> {
  const dir = await mkdtemp(path.join(tmpdir(), "understudy-cron-"));
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

/** Lets the writes of the store and the commands come to their end. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const job = (name: string, everyMs = HOUR_MS) => ({
  name,
  schedule: { kind: "every" as const, everyMs },
  sessionTarget: "isolated" as const,
  wakeMode: "now" as const,
  payload: { kind: "command" as const, argv: [name] },
  delivery: { mode: "none" as const },
});

test("[CR7] over many hours a job runs once in each, and each run is on record", async () => {
  await using folder = await stateFolder();
  await using rig = await openRig(folder.dir, createTestClock());
  await rig.cron.add(job("tick"));

  for (let hour = 0; hour < 24; hour += 1) {
    rig.clock.advance(HOUR_MS);
    await settle();
  }

  expect(rig.begun.length).toBe(24);
  expect(await rig.finished()).toBe(24);
});

test("[CR8] a run that a crash cut off is on record once and is not begun again", async () => {
  await using folder = await stateFolder();
  const clock = createTestClock();
  const first = await openRig(folder.dir, clock, { hangs: true });
  await first.cron.add(job("once"));
  clock.advance(HOUR_MS);
  await settle();
  first.crash();

  await using second = await openRig(folder.dir, clock);
  await settle();
  const { entries } = await second.cron.runs({ isOldestFirst: true, limit: 10, offset: 0 });

  expect(first.begun).toEqual(["once"]);
  expect(second.begun).toEqual([]);
  expect(entries).toMatchObject([{ status: "error", error: "interrupted by a gateway restart" }]);
});

test("[CR9] what was missed while nobody kept time runs once, a little later", async () => {
  await using folder = await stateFolder();
  const clock = createTestClock();
  const first = await openRig(folder.dir, clock);
  await first.cron.add(job("missed"));
  first.crash();
  clock.advance(5.5 * HOUR_MS);

  await using second = await openRig(folder.dir, clock);
  await settle();
  const atStart = [...second.begun];
  clock.advance(10 * 60_000);
  await settle();

  expect(atStart).toEqual([]);
  expect(second.begun).toEqual(["missed"]);
});

test("[CR9] with skipMissedJobs it is left out", async () => {
  await using folder = await stateFolder();
  const clock = createTestClock();
  const first = await openRig(folder.dir, clock);
  await first.cron.add(job("missed"));
  first.crash();
  clock.advance(5.5 * HOUR_MS);

  await using second = await openRig(folder.dir, clock, { skipsMissed: true });
  clock.advance(10 * 60_000);
  await settle();
  const early = [...second.begun];
  clock.advance(20 * 60_000);
  await settle();

  expect(early).toEqual([]);
  expect(second.begun).toEqual(["missed"]);
});

test("[CR10] a job that is done with goes; one run by hand keeps its hour", async () => {
  await using folder = await stateFolder();
  await using rig = await openRig(folder.dir, createTestClock());
  const at = new Date(rig.clock.now() + HOUR_MS).toISOString();
  await rig.cron.add({ ...job("alarm"), schedule: { kind: "at", at } });
  const { job: hourly } = await rig.cron.add(job("hourly"));

  await rig.cron.run(hourly.id, "force");
  await settle();
  const afterHand = rig.cron.get(hourly.id).state.nextRunAtMs;
  rig.clock.advance(HOUR_MS);
  await settle();

  expect(afterHand).toBe(hourly.state.nextRunAtMs);
  expect(rig.begun).toEqual(["hourly", "alarm", "hourly"]);
  expect(rig.cron.list().map((one) => one.name)).toEqual(["hourly"]);
});
