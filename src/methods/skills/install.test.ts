import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

afterEach(() => vi.unstubAllEnvs());

const NEEDY = `---
name: needy
description: d
metadata: { "openclaw": { "install": [
  { "id": "tool", "kind": "uv", "package": "some-tool" },
  { "id": "file", "kind": "download", "url": "https://a.example/x" } ] } }
---
`;

/** A gateway whose workspace has a skill with needs, and a search path with one program: what `uv` does there. */
async function openWithUv(script: string) {
  const gateway = await openTestGateway();
  const client = await gateway.connect();
  const { payload } = await client.call("skills.status", {});
  const skill = path.join(String(payload["workspaceDir"]), "skills", "needy");
  const programs = path.join(gateway.stateDir, "programs");
  await mkdir(skill, { recursive: true });
  await mkdir(programs);
  await writeFile(path.join(skill, "SKILL.md"), NEEDY);
  await writeFile(path.join(programs, "uv"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  vi.stubEnv("PATH", programs);
  const install = (params: Record<string, unknown>) => client.call("skills.install", params);
  return { gateway, install };
}

const WARNING = expect.stringContaining(
  'Skill "needy" install triggered from non-bundled source "openclaw-workspace".',
);

test("[SK7] the package manager runs, without a shell, and what it said is told", async () => {
  const { gateway, install } = await openWithUv('echo "$#: $1 $2 $3"');
  await using _gateway = gateway;
  const { payload } = await install({ name: "needy", installId: "tool" });
  const said = { message: "Installed", stdout: "3: tool install some-tool", stderr: "", code: 0 };
  expect(payload).toEqual({ ok: true, ...said, warnings: [WARNING] });
});

test("[SK7] a package manager that fails says so twice, as an error and beside it", async () => {
  const { gateway, install } = await openWithUv("echo first; echo no such tool >&2; exit 3");
  await using _gateway = gateway;
  const { error, payload } = await install({ name: "needy", installId: "tool" });
  const message = "Install failed (exit 3): no such tool";
  expect(error).toMatchObject({ code: "UNAVAILABLE", message });
  expect(payload).toEqual({
    ok: false,
    message,
    stdout: "first",
    stderr: "no such tool",
    code: 3,
    warnings: [WARNING],
  });
});

test.for([
  [{ name: "none", installId: "tool" }, "UNAVAILABLE", "Skill not found: none"],
  [{ name: "needy", installId: "none" }, "UNAVAILABLE", "Installer not found: none"],
  [{ name: "needy", installId: "file" }, "UNAVAILABLE", "Unsupported installer: download"],
  [{ name: "needy", installId: "tool", agentId: "no" }, "INVALID_REQUEST", 'unknown agent id "no"'],
  [{ source: "clawhub", slug: "../x y" }, "INVALID_REQUEST", "Invalid skill slug: x y"],
] as const)("[SK7] refuses what is not there: %j", async ([params, code, message]) => {
  const { gateway, install } = await openWithUv("exit 0");
  await using _gateway = gateway;
  expect((await install(params)).error).toMatchObject({ code, message });
});

test("[SK21] a skill of a hub that cannot be asked is not installed, and the reason is the hub's", async () => {
  vi.stubEnv("OPENCLAW_CLAWHUB_URL", "http://127.0.0.1:1");
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { error, payload } = await client.call("skills.install", { source: "clawhub", slug: "alpha" });
  expect(error).toMatchObject({ code: "UNAVAILABLE", message: expect.stringMatching(/^fetch failed/) });
  expect(payload).toEqual({ ok: false, error: error.message });
});
