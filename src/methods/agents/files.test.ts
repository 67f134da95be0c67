import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

async function openWithWorkspace() {
  const gateway = await openTestGateway();
  const client = await gateway.connect();
  const { payload } = await client.call("agents.files.list", { agentId: "main" });
  const workspace = String(payload["workspace"]);
  await mkdir(workspace, { recursive: true });
  return { gateway, client, workspace };
}

test("[AG1] an agent's own files are listed, read and written, and no others", async () => {
  const { gateway, client, workspace } = await openWithWorkspace();
  await using _gateway = gateway;
  const set = await client.call("agents.files.set", { agentId: "main", name: "USER.md", content: "me\n" });
  const got = await client.call("agents.files.get", { agentId: "main", name: "USER.md" });
  const other = await client.call("agents.files.get", { agentId: "main", name: "../x" });

  expect(set.payload).toMatchObject({ ok: true, file: { name: "USER.md", missing: false, size: 3 } });
  expect(got.payload["file"]).toEqual(set.payload["file"]);
  expect(await readFile(path.join(workspace, "USER.md"), "utf8")).toBe("me\n");
  expect(other.error).toMatchObject({ code: "INVALID_REQUEST", message: 'unsupported file "../x"' });
  expect((await client.call("agents.files.list", { agentId: "nope" })).error.message).toBe(
    'agent "nope" not found',
  );
});

test("[AG2] a write over what has changed since is refused, with the hash to read again from", async () => {
  const { gateway, client } = await openWithWorkspace();
  await using _gateway = gateway;
  const write = (content: string, expectedHash?: string) =>
    client.call("agents.files.set", {
      agentId: "main",
      name: "MEMORY.md",
      content,
      ...(expectedHash === undefined ? {} : { expectedHash }),
    });
  const { payload } = await write("one");
  const { hash } = payload["file"] as { hash: string };

  const stale = await write("two", "0".repeat(64));
  expect(stale.error).toMatchObject({
    message: 'agent file "MEMORY.md" changed since it was read',
    details: { type: "agent_file_conflict", name: "MEMORY.md", currentHash: hash },
  });
  expect((await write("two", hash.toUpperCase())).ok).toBe(true);
});

test("[AG3] a link is not an agent's file", async () => {
  const { gateway, client, workspace } = await openWithWorkspace();
  await using _gateway = gateway;
  const secret = path.join(gateway.stateDir, "secret");
  await writeFile(secret, "secret");
  await symlink(secret, path.join(workspace, "SOUL.md"));

  const read = await client.call("agents.files.get", { agentId: "main", name: "SOUL.md" });
  await client.call("agents.files.set", { agentId: "main", name: "SOUL.md", content: "soul" });

  expect(read.payload["file"]).toMatchObject({ missing: true });
  expect(await readFile(secret, "utf8")).toBe("secret");
});
