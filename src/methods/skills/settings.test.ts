import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[SK6] a skill is switched off in the configuration, and its key is never shown", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const folder = path.join(gateway.stateDir, "skills", "alpha");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "SKILL.md"), "---\nname: alpha\ndescription: d\n---\n");
  const update = async (change: Record<string, unknown>) =>
    (await client.call("skills.update", { skillKey: "alpha", ...change })).payload["config"];

  expect(await update({ enabled: false, apiKey: "k", env: { X: "1" } })).toEqual({
    enabled: false,
    apiKey: "__OPENCLAW_REDACTED__",
    env: { X: "1" },
  });
  const { payload } = await client.call("skills.status", {});
  expect(payload["skills"]).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: "alpha", disabled: true, eligible: false })]),
  );
  expect(await update({ enabled: true, apiKey: "", env: { X: "" } })).toEqual({ enabled: true, env: {} });
});

test("[SK7] an installation names what is not there", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const refused = async (params: Record<string, unknown>) =>
    (await client.call("skills.install", params)).error;

  expect(await refused({ name: "nope", installId: "x" })).toMatchObject({
    code: "UNAVAILABLE",
    message: "Skill not found: nope",
  });
  expect((await refused({ source: "upload", uploadId: "u", slug: "s" })).message).toBe(
    "Uploaded skill archive installs are disabled by skills.install.allowUploadedArchives",
  );
});
