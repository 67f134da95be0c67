import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP4] a folder shows the folders in it, the hidden ones marked, and no files", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: ["operator.write"] });
  const folder = path.join(gateway.stateDir, "place");
  await mkdir(path.join(folder, "b"), { recursive: true });
  await mkdir(path.join(folder, ".a"));
  await writeFile(path.join(folder, "file"), "");

  const page = await client.call("fs.listDir", { path: folder });

  expect(page.payload).toMatchObject({ path: folder, parent: gateway.stateDir });
  expect(page.payload["entries"]).toEqual([
    { name: "b", path: path.join(folder, "b") },
    { name: ".a", path: path.join(folder, ".a"), hidden: true },
  ]);
});

test.for([
  [{ path: "~" }, "fs.listDir path must be absolute"],
  [{ path: "relative" }, "fs.listDir path must be absolute"],
  [{ path: "/nope" }, "ENOENT: no such file or directory, scandir '/nope' | ENOENT"],
  [{ nodeId: "nope" }, "node not connected"],
  [{ surprise: 1 }, "invalid fs parameters"],
] as const)("[OP4] what is no folder is refused: %j", async ([params, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: ["operator.write"] });

  expect((await client.call("fs.listDir", params)).error.message).toBe(message);
});
