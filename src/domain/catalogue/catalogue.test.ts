import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";
import { catalogueFile, textsIn } from "./index.ts";

const importTexts = async (stateDir: string, texts: unknown): Promise<void> => {
  const file = catalogueFile(stateDir);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ version: 1, reference: "2026.9.6", importedAtMs: 1, texts }));
};

test("[CT1] texts of an answer are found by what they describe, and put back by it", () => {
  const answer = {
    groups: [
      { id: "fs", description: "a group", tools: [{ id: "read", label: "Read", description: "reads" }] },
    ],
  };
  expect(textsIn("tools.catalog", answer)).toEqual({ "tool:read": { description: "reads" } });
  expect(
    textsIn("commands.list", { commands: [{ name: "new", args: [{ name: "m", description: "d" }] }] }),
  ).toEqual({
    "argument:command:new m": { description: "d" },
  });
  expect(textsIn("health", answer)).toEqual({});
  expect(textsIn("tools.catalog", { groups: "no list" })).toEqual({});
});

test("[CT2] an imported text takes the place of our own, and nothing else changes", async () => {
  await using gateway = await openTestGateway({
    prepare: (stateDir) =>
      importTexts(stateDir, {
        "tool:read": { description: "reads a file, says the reference" },
        "command:help": { description: "says what there is" },
        "config:gateway.port": { label: "Port of the gateway", help: "where it listens" },
      }),
  });
  await using client = await gateway.connect();
  const catalog = (await client.call("tools.catalog", {})).payload;
  const tools = (catalog["groups"] as { tools: { id: string; description: string }[] }[]).flatMap(
    (g) => g.tools,
  );
  expect(tools.find((tool) => tool.id === "read")?.description).toBe("reads a file, says the reference");
  expect(tools.find((tool) => tool.id === "exec")?.description).not.toBe("");
  const { payload } = await client.call("commands.list", {});
  expect(payload["commands"]).toContainEqual(
    expect.objectContaining({ name: "help", description: "says what there is" }),
  );
  const lookup = await client.call("config.schema.lookup", { path: "gateway.port" });
  expect(lookup.payload["hint"]).toMatchObject({ label: "Port of the gateway", help: "where it listens" });
});

test("[CT3] a catalogue file that is none changes nothing", async () => {
  await using gateway = await openTestGateway({
    prepare: async (stateDir) => {
      await mkdir(path.dirname(catalogueFile(stateDir)), { recursive: true });
      await writeFile(catalogueFile(stateDir), "half a fil");
    },
  });
  await using client = await gateway.connect();
  expect((await client.call("tools.catalog", {})).payload["agentId"]).toBe("main");
});
