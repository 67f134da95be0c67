import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { resolveTarget } from "./target.ts";

const TIMEOUT_MS = 10_000;

async function machine(config: string) {
  const folder = await mkdtemp(path.join(tmpdir(), "understudy-target-"));
  await writeFile(path.join(folder, "openclaw.json"), config);
  const env = { HOME: folder, OPENCLAW_STATE_DIR: folder };
  return {
    terminal: { env, hasColor: false, out: () => {}, error: () => {} },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

test("[CL6] the configuration says where the gateway is and with which secret", async () => {
  await using at = await machine("{ gateway: { port: 5000, auth: { token: 'mine' } } }");
  const local = { url: "ws://127.0.0.1:5000", token: "mine", timeoutMs: TIMEOUT_MS };
  expect(await resolveTarget({}, at.terminal)).toEqual(local);
  expect(await resolveTarget({ port: "6000" }, at.terminal)).toEqual({
    ...local,
    url: "ws://127.0.0.1:6000",
  });
  expect(await resolveTarget({ token: "said" }, at.terminal)).toEqual({ ...local, token: "said" });
  await using other = await machine("{ gateway: { auth: { password: 'pw' } } }");
  expect(await resolveTarget({}, other.terminal)).toMatchObject({
    url: "ws://127.0.0.1:18789",
    password: "pw",
  });
});

test("[CL6] a secret of this machine goes to this machine only", async () => {
  await using at = await machine("{ gateway: { auth: { token: 'mine' } } }");
  const url = "ws://gateway.example:18789";
  expect(await resolveTarget({ url }, at.terminal)).toEqual({ url, timeoutMs: TIMEOUT_MS });
  expect(await resolveTarget({ url, token: "said" }, at.terminal)).toEqual({
    url,
    token: "said",
    timeoutMs: TIMEOUT_MS,
  });
  expect(await resolveTarget({ url: "ws://127.0.0.1:1" }, at.terminal)).toMatchObject({ token: "mine" });
});

test("[CL6] a file that is wrong does not hide the token that was kept", async () => {
  await using at = await machine("{ gateway:");
  expect(await resolveTarget({}, at.terminal)).toEqual({
    url: "ws://127.0.0.1:18789",
    timeoutMs: TIMEOUT_MS,
  });
});
