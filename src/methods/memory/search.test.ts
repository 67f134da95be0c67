import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[MS1] what agents noted is found by its words, by all of them if any piece has them all", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const workspace = path.join(gateway.stateDir, "workspace");
  await mkdir(path.join(workspace, "memory"), { recursive: true });
  await writeFile(
    path.join(workspace, "MEMORY.md"),
    "# Memory\n\n- The greenhouse has a soil sensor.\n- The greenhouse is green.\n",
  );
  await writeFile(
    path.join(workspace, "memory", "2020-01-01.md"),
    "# Day\n\n- A sensor for the greenhouse.\n",
  );
  const find = async (query: string) => {
    const { payload } = await client.call("memory.search", { query });
    return payload["results"] as { path: string; startLine: number; endLine: number; score: number }[];
  };

  const found = await find("greenhouse sensor");
  expect(found.map(({ path: file, startLine, endLine }) => [file, startLine, endLine])).toEqual([
    ["MEMORY.md", 3, 3],
    ["memory/2020-01-01.md", 1, 4],
  ]);
  expect(found[0]?.score).toBe(1);
  expect(found[1]?.score).toBeLessThan(0.1);
  expect((await find("what about the soil?")).map((hit) => hit.startLine)).toEqual([3]);
  await rm(path.join(workspace, "MEMORY.md"));
  expect(await find("soil")).toEqual([]);
});

test("[MS2] a search says what is wrong with it", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const refusal = async (params: unknown) => (await client.call("memory.search", params)).error.message;
  expect(await refusal({ query: "  " })).toBe("query must be a non-empty string");
  expect(await refusal({ query: "x", agentId: 5 })).toBe("agentId must be a string");
  expect(await refusal({ query: "x", agentId: "" })).toBe("unknown agentId");
});
