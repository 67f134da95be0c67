import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

async function openWithFiles() {
  const gateway = await openTestGateway();
  const client = await gateway.connect();
  const { payload } = await client.call("agents.files.list", { agentId: "main" });
  const data = path.join(String(payload["workspace"]), "data");
  await mkdir(path.join(data, "sub"), { recursive: true });
  await writeFile(path.join(data, "one.txt"), "one\n");
  await writeFile(path.join(data, "b.bin"), "a\0b");
  await writeFile(path.join(data, "big.txt"), "x".repeat(262_145));
  await symlink(gateway.stateDir, path.join(data, "out"));
  const call = async (method: string, at: string, more = {}) =>
    client.call(`agents.workspace.${method}`, { agentId: "main", path: at, ...more });
  return { gateway, call };
}

test("[AG4] a folder of the workspace is listed in pages, folders first, links left out", async () => {
  const { gateway, call } = await openWithFiles();
  await using _gateway = gateway;

  const all = await call("list", "data/");
  const page = await call("list", "./data", { offset: 1, limit: 1 });

  const names = (all.payload["entries"] as { name: string }[]).map(({ name }) => name);
  expect(names).toEqual(["sub", "b.bin", "big.txt", "one.txt"]);
  expect(all.payload).toMatchObject({ path: "data", parentPath: "", totalEntries: 4, offset: 0 });
  expect(page.payload).toMatchObject({ entries: [{ path: "data/b.bin", kind: "file", size: 3 }], offset: 1 });
  expect((await call("list", "data", { offset: 99 })).payload).toMatchObject({ entries: [], offset: 4 });
});

test.for([
  ["list", "nope", "workspace directory not found", "workspace_path_not_found"],
  ["list", "data/out", "workspace directory not found", "workspace_path_not_found"],
  ["list", "../", "path escapes the agent workspace", "workspace_path_invalid"],
  ["list", "/etc", "path must be workspace-relative", "workspace_path_invalid"],
  ["get", "data", "workspace file not found", "workspace_file_not_found"],
  ["get", "data/out/openclaw.json", "workspace file not found", "workspace_file_not_found"],
  ["get", "data/../../openclaw.json", "path escapes the agent workspace", "workspace_path_invalid"],
  [
    "get",
    "data/b.bin",
    "workspace file is not UTF-8 text or a supported image",
    "workspace_file_unsupported",
  ],
  ["get", "data/big.txt", "workspace file is too large to preview", "workspace_file_too_large"],
] as const)("[AG5] %s of %s: %s", async ([method, at, message, type]) => {
  const { gateway, call } = await openWithFiles();
  await using _gateway = gateway;
  const { error } = await call(method, at);
  expect(error).toMatchObject({ code: "INVALID_REQUEST", message, details: { type, path: at } });
});

test("[AG5] a text is read as it is", async () => {
  const { gateway, call } = await openWithFiles();
  await using _gateway = gateway;
  expect((await call("get", "data//one.txt")).payload["file"]).toMatchObject({
    path: "data/one.txt",
    mimeType: "text/plain",
    encoding: "utf8",
    content: "one\n",
  });
});
