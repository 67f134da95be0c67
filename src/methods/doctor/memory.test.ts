import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway, type TestGateway } from "../../testing/gateway.ts";

const NOTE = "# Day\n\n- Talked about the sensor.\n- I prefer tea in the morning.\n";

async function withNotes(gateway: TestGateway): Promise<string> {
  const workspace = path.join(gateway.stateDir, "workspace");
  await mkdir(path.join(workspace, "memory"), { recursive: true });
  await writeFile(path.join(workspace, "memory", "2026-11-18.md"), NOTE);
  await writeFile(path.join(workspace, "memory", "2026-11-19.md"), "# Day\n\n- Rain.\n");
  await writeFile(path.join(workspace, "memory", "ideas.md"), "I prefer cats.\n");
  return workspace;
}

test("[DM1] an empty memory is reported as it is, and other params are not looked at", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { payload } = await client.call("doctor.memory.status", { anything: 1 });
  expect(payload).toMatchObject({
    agentId: "main",
    provider: "openai",
    embedding: { ok: false, checked: false },
    dreaming: { enabled: true, shortTermCount: 0, phases: { deep: { cron: "0 3 * * *", minScore: 0.75 } } },
  });
  expect((await client.call("doctor.memory.status", { agentId: "nope" })).error.message).toBe(
    'unknown agent id "nope"',
  );
  expect((await client.call("doctor.memory.dreamDiary", { agentId: 5 })).error.message).toBe(
    "agentId must be a string",
  );
  expect((await client.call("doctor.memory.dreamDiary", {})).payload).toEqual({
    agentId: "main",
    found: false,
    path: "DREAMS.md",
  });
});

test("[DM2] a backfill writes an entry per day's note, a second one replaces them, a reset takes them away", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const workspace = await withNotes(gateway);
  const backfill = async () => (await client.call("doctor.memory.backfillDreamDiary", {})).payload;

  expect(await backfill()).toMatchObject({ found: true, scannedFiles: 2, written: 2, replaced: 0 });
  expect(await backfill()).toMatchObject({ scannedFiles: 2, written: 2, replaced: 2 });
  const { content } = (await client.call("doctor.memory.dreamDiary", {})).payload;
  expect(content).toContain("*November 18, 2026*");
  expect(content).toContain("1. I prefer tea in the morning. [memory/2026-11-18.md:4]");
  expect(content).toContain("1. No grounded facts were extracted.");
  expect((await client.call("doctor.memory.resetDreamDiary", {})).payload).toMatchObject({
    removedEntries: 2,
  });
  expect(await readFile(path.join(workspace, "DREAMS.md"), "utf8")).not.toContain("backfill-entry");
});

test("[DM3] of entries that are the same one stays, and a person's words around the diary are kept", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const workspace = await withNotes(gateway);
  const entry = "---\n\n*November 20, 2026 at 3:00 AM*\n\nI dreamed of tea.\n";
  const diary = `# Dream Diary\n\nMine.\n\n<!-- openclaw:dreaming:diary:start -->\n${entry}\n${entry}<!-- openclaw:dreaming:diary:end -->\nEnd.\n`;
  await writeFile(path.join(workspace, "DREAMS.md"), diary);

  expect((await client.call("doctor.memory.dedupeDreamDiary", {})).payload).toMatchObject({
    found: true,
    removedEntries: 1,
    keptEntries: 1,
  });
  expect(await readFile(path.join(workspace, "DREAMS.md"), "utf8")).toBe(diary.replace(`${entry}\n`, ""));
});

test("[DM4] a repair puts leftovers aside, once", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const workspace = await withNotes(gateway);
  await mkdir(path.join(workspace, "memory", ".dreams", "session-corpus"), { recursive: true });
  const repair = async () => (await client.call("doctor.memory.repairDreamingArtifacts", {})).payload;

  expect(await repair()).toMatchObject({
    changed: true,
    archivedSessionCorpus: true,
    archivedDreamsDiary: false,
  });
  expect(await repair()).toMatchObject({ changed: false, archivedSessionCorpus: false });
});
