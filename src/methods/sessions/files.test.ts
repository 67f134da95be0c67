import { createHash } from "node:crypto";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

/** A gateway with a session that works in a folder of two files and a link that points out of it. */
async function openWorkspace() {
  const gateway = await openTestGateway();
  const client = await gateway.connect();
  const root = path.join(gateway.stateDir, "project");
  await mkdir(path.join(root, "sub"), { recursive: true });
  await writeFile(path.join(root, "sub", "a.md"), "hello\n");
  await writeFile(path.join(root, "b.txt"), "b");
  await writeFile(path.join(gateway.stateDir, "secret.txt"), "secret");
  await symlink(path.join(gateway.stateDir, "secret.txt"), path.join(root, "link"));
  await client.call("sessions.create", { key: "a", cwd: root });
  return { gateway, client, root, [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose]() };
}

test.for([
  "../secret.txt",
  "link",
  "/etc/passwd",
  "sub",
  "nope",
  "sub/../../secret.txt",
])("[SE26] %s is not found, neither to read nor to write", async (file) => {
  await using workspace = await openWorkspace();
  const { client, gateway } = workspace;
  const expectedHash = hashOf("secret");

  const read = await client.call("sessions.files.get", { sessionKey: "a", path: file });
  const written = await client.call("sessions.files.set", {
    sessionKey: "a",
    path: file,
    content: "overwritten",
    expectedHash,
  });

  const refusal = {
    code: "INVALID_REQUEST",
    message: "session file not found",
    details: { type: "session_file_not_found", path: file },
  };
  expect(read.error).toEqual(refusal);
  expect(written.error).toEqual(refusal);
  expect(await readFile(path.join(gateway.stateDir, "secret.txt"), "utf8")).toBe("secret");
});

test("[SE26] a folder is listed, folders first and without what leads out of it", async () => {
  await using workspace = await openWorkspace();
  const { client, root } = workspace;

  const top = await client.call("sessions.files.list", { sessionKey: "a" });
  const outside = await client.call("sessions.files.list", { sessionKey: "a", path: "../.." });
  const search = await client.call("sessions.files.list", { sessionKey: "a", search: "A.M" });

  expect(top.payload).toMatchObject({
    root,
    gitCheckout: false,
    browser: {
      path: "",
      entries: [
        { path: "sub", kind: "directory" },
        { path: "b.txt", size: 1 },
      ],
    },
  });
  expect(outside.payload).not.toHaveProperty("browser");
  expect(search.payload).toMatchObject({ browser: { search: "A.M", entries: [{ path: "sub/a.md" }] } });
});

test("[SE26] a write needs the hash of what is there", async () => {
  await using workspace = await openWorkspace();
  const { client, root } = workspace;
  const change = { sessionKey: "a", path: "sub/a.md", content: "new" };

  const stale = await client.call("sessions.files.set", { ...change, expectedHash: hashOf("old") });
  const fresh = await client.call("sessions.files.set", { ...change, expectedHash: hashOf("hello\n") });

  expect(stale.error).toMatchObject({
    message: "session file changed since it was read",
    details: { type: "session_file_conflict", currentHash: hashOf("hello\n") },
  });
  expect(fresh.payload).toMatchObject({ file: { kind: "modified", hash: hashOf("new") } });
  expect(await readFile(path.join(root, "sub", "a.md"), "utf8")).toBe("new");
});
