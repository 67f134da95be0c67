import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chatSend } from "../schemas/methods/chat/send.ts";
import { sessionsList } from "../schemas/methods/sessions/list.ts";
import { paramsCheck } from "../src/dispatch/params.ts";
import { systemClock } from "../src/platform/clock.ts";
import { createLog } from "../src/platform/log.ts";
import { createRedactor } from "../src/platform/redact.ts";
import { openDatabase } from "../src/store/database.ts";
import type { Row } from "./result.ts";
import { Sheet } from "./rows.ts";
import type { Subject } from "./subject.ts";

const TIMES = 20_000;
const WRITES = 2_000;

/** What single parts of ours cost, in this process: there is nothing to compare them with but their sum. */
export async function parts(subjects: readonly Subject[], runs: number): Promise<Row[]> {
  const [ours] = subjects;
  const sheet = new Sheet();
  if (ours === undefined) return [];
  const folder = mkdtempSync(join(tmpdir(), "bench-parts-"));
  const database = openDatabase({ stateDir: folder, clock: systemClock });
  const log = createLog({
    file: join(folder, "bench.log"),
    level: "info",
    consoleLevel: "silent",
    clock: systemClock,
    redactor: createRedactor(),
    print: () => {},
  });
  await log.open();
  const checkSend = paramsCheck(chatSend.params);
  const checkList = paramsCheck(sessionsList.params);
  const send = { sessionKey: "main", message: "good morning", idempotencyKey: "k" };
  const frame = { type: "res", id: "1", ok: true, payload: { text: "x".repeat(2_000) } };
  database.run("CREATE TABLE bench (id INTEGER PRIMARY KEY, body TEXT)");
  const row = (number: number) =>
    database.write(() => database.run("INSERT INTO bench (body) VALUES (?)", `row ${number}`));
  for (let run = 0; run < runs; run += 1) {
    const cost = async (what: string, times: number, act: (times: number) => unknown): Promise<void> => {
      const startedAt = performance.now();
      await act(times);
      sheet.add(ours, { what, unit: "µs" }, ((performance.now() - startedAt) / times) * 1000);
    };
    const repeat = (act: (number: number) => unknown) => (times: number) => {
      for (let number = 0; number < times; number += 1) act(number);
    };
    await cost(
      "params of chat.send checked",
      TIMES,
      repeat(() => checkSend(send)),
    );
    await cost(
      "params of sessions.list checked",
      TIMES,
      repeat(() => checkList({ limit: 50 })),
    );
    await cost(
      "a response of 2 KB serialised",
      TIMES,
      repeat(() => JSON.stringify(frame)),
    );
    await cost(
      "a log line",
      TIMES,
      repeat((number) => log.info({ number }, "a line")),
    );
    await cost("a row, durable before the next", WRITES, async (times) => {
      for (let number = 0; number < times; number += 1) await row(number);
    });
    await cost("a row among 32 at once, durable", WRITES, async (times) => {
      for (let number = 0; number < times; number += 32)
        await Promise.all(Array.from({ length: 32 }, (_, index) => row(number + index)));
    });
  }
  await log.close();
  database.close();
  rmSync(folder, { recursive: true, force: true });
  return sheet.rows();
}
