import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP10] the log is read from its end, from a cursor on, and anew when it was begun anew", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "understudy-log-"));
  const file = path.join(folder, "gateway.log");
  await writeFile(file, "one\ntwo\nthree\n");
  await using gateway = await openTestGateway({ config: { logging: { file } } });
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const last = await reader.call("logs.tail", { limit: 2 });
  await writeFile(file, "one\ntwo\nthree\nfour\n");
  const more = await reader.call("logs.tail", { cursor: last.payload["cursor"] });
  await writeFile(file, "new\n");
  const anew = await reader.call("logs.tail", { cursor: more.payload["cursor"] });
  await rm(folder, { recursive: true });
  const gone = await reader.call("logs.tail", {});

  expect(last.payload).toMatchObject({ file, lines: ["two", "three"], truncated: true, reset: false });
  expect(more.payload).toMatchObject({ lines: ["four"], truncated: false });
  expect(anew.payload).toMatchObject({ lines: ["new"], reset: true });
  expect(gone.payload).toMatchObject({ lines: [], size: 0 });
});
