import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { processStartMark } from "../platform/processes.ts";
import { GatewayRunningError, holdGatewayLocks, refuseASecondGateway } from "./gateway-locks.ts";

async function openFolder() {
  const stateDir = await mkdtemp(path.join(tmpdir(), "understudy-locks-"));
  const hold = () =>
    holdGatewayLocks({
      stateDir,
      configPath: "/srv/claw/openclaw.json",
      port: 18_789,
      ownerId: "owner-1",
      now: 0,
      isOneOfMany: false,
    });
  const folder = path.join(stateDir, "tmp", `openclaw-${process.getuid?.()}`);
  return {
    stateDir,
    folder,
    hold,
    [Symbol.asyncDispose]: () => rm(stateDir, { recursive: true, force: true }),
  };
}

test("commands of an installed reference find the gateway by two files, gone with it", async () => {
  await using place = await openFolder();

  const release = await place.hold();

  const files = await readdir(place.folder);
  expect(files.toSorted()).toEqual([
    expect.stringMatching(/^gateway\.[0-9a-f]{8}\.lock$/),
    "gateway.state.lock",
  ]);
  const file = path.join(place.folder, "gateway.state.lock");
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual({
    pid: process.pid,
    ownerId: "owner-1",
    cronOwnerProjection: "dynamic-default-v1",
    createdAt: "1970-01-01T00:00:00.000Z",
    configPath: "/srv/claw/openclaw.json",
    stateDir: place.stateDir,
    port: 18_789,
    startTime: Number(processStartMark(process.pid)),
  });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await release();
  expect(await readdir(place.folder)).toEqual([]);
});

test("a gateway does not start where one of another process runs, and does where that one is gone", async () => {
  await using place = await openFolder();
  await place.hold();
  const file = path.join(place.folder, "gateway.state.lock");
  const say = (holder: object) => writeFile(file, JSON.stringify(holder));

  await expect(refuseASecondGateway(place.stateDir)).resolves.toBeUndefined();
  await say({ pid: process.ppid, startTime: Number(processStartMark(process.ppid)) });
  await expect(refuseASecondGateway(place.stateDir)).rejects.toThrow(GatewayRunningError);
  await say({ pid: process.ppid, startTime: 1 });
  await expect(refuseASecondGateway(place.stateDir)).resolves.toBeUndefined();
  await writeFile(file, "not JSON");
  await expect(refuseASecondGateway(place.stateDir)).resolves.toBeUndefined();
});

test("what another gateway took over meanwhile is not released", async () => {
  await using place = await openFolder();
  const release = await place.hold();
  await writeFile(path.join(place.folder, "gateway.state.lock"), JSON.stringify({ pid: process.ppid }));

  await release();

  expect(await readdir(place.folder)).toEqual(["gateway.state.lock"]);
});
