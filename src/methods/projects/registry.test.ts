import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const run = promisify(execFile);

test("[PJ1] a checkout is registered once, by its root, with where it came from", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const repoRoot = path.join(gateway.stateDir, "My Repo");
  await mkdir(path.join(repoRoot, "sub"), { recursive: true });
  await run("git", ["-C", repoRoot, "init", "-q"]);
  const originUrl = "https://github.com/x/y.git";
  await run("git", ["-C", repoRoot, "remote", "add", "origin", originUrl]);
  const project = { id: "my-repo", displayName: "My Repo", repoRoot, source: "registered", originUrl };

  const inside = await client.call("projects.register", { path: path.join(repoRoot, "sub") });
  const again = await client.call("projects.register", { path: repoRoot, name: "Other" });
  const listed = await client.call("projects.list", {});
  const checkout = await client.call("projects.remove", { id: "my-repo", deleteCheckout: true });
  const removed = await client.call("projects.remove", { id: "my-repo" });
  const twice = await client.call("projects.remove", { id: "my-repo" });

  expect([inside.payload, again.payload]).toEqual([project, project]);
  expect((listed.payload["projects"] as unknown[])[0]).toEqual(project);
  expect(checkout.error.message).toBe("Only projects cloned by the Gateway can delete their checkout.");
  expect(removed.payload).toEqual({ removed: true });
  expect(twice.error.message).toBe("unknown project id: my-repo");
});

test("[PJ2] what is no checkout is no project", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const file = path.join(gateway.stateDir, "file");
  await writeFile(file, "");
  const refusal = async (place: string) =>
    (await client.call("projects.register", { path: place })).error.message;

  expect(await refusal("/")).toBe("project path is not a git checkout: /");
  expect(await refusal("/nope/x")).toBe("project path does not exist: /nope/x");
  expect(await refusal(file)).toBe(`project path is not a directory: ${file}`);
});

test.for([
  "nope",
  "file:///x",
  "http://127.0.0.1:1/x.git",
  "ext::sh -c id",
  "https://u:p@github.com/x/y",
])("[PJ3] only repositories of GitHub are cloned: %s", async (gitUrl) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const { error } = await client.call("projects.add", { gitUrl });

  expect(error.message).toContain("Use a GitHub HTTPS or git@github.com repository URL.");
  expect(error.details).toEqual({ code: "PROJECT_CLONE_FAILED", cause: "invalid_url" });
});
