import { spawn } from "node:child_process";
import { mkdtempDisposableSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { createDevices } from "../domain/devices/devices.ts";
import type { Knock } from "../domain/devices/index.ts";
import { openIdentity } from "../domain/identity/identity.ts";
import { systemClock } from "../platform/clock.ts";
import { systemIds } from "../platform/ids.ts";
import { openDatabase } from "./database.ts";
import { createDeviceStore } from "./devices.ts";

const KNOCK: Knock = {
  deviceId: "d1",
  publicKey: "k1",
  role: "operator",
  scopes: ["operator.read"],
  metadata: { platform: "linux", clientId: "cli", clientMode: "cli" },
  isTrusted: true,
};

function openDevices(stateDir: string) {
  const database = openDatabase({ stateDir, clock: systemClock });
  const devices = createDevices({
    store: createDeviceStore(database),
    clock: systemClock,
    ids: systemIds,
    events: { publish: () => {} },
    tokenKey: openIdentity(stateDir).deriveKey("device-tokens"),
    approvesLocal: () => true,
  });
  return { database, devices };
}

test("[DV8] a device that was told its token is known after kill -9, and is told the same token again", async () => {
  using folder = mkdtempDisposableSync(path.join(os.tmpdir(), "understudy-devices-"));
  const script = path.join(import.meta.dirname, "../testing/pair-until-killed.ts");
  const child = spawn(process.execPath, [script, folder.path, JSON.stringify(KNOCK)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const told = await new Promise<string>((resolve) =>
    child.stdout.once("data", (data) => resolve(String(data).trim())),
  );
  child.kill("SIGKILL");
  await gone;

  const { database, devices } = openDevices(folder.path);
  expect(told).toMatch(/^[\w-]{43}$/);
  expect(devices.checkToken("d1", "operator", told, ["operator.read"])).toBe("ok");
  expect((await devices.issueToken("d1", "operator", ["operator.read"]))?.token).toBe(told);
  database.close();
});

test("[DV8] a removed device stays removed, a revoked token stays revoked", async () => {
  using folder = mkdtempDisposableSync(path.join(os.tmpdir(), "understudy-devices-"));
  const admin = { scopes: ["operator.admin"], authMethod: "token" };
  const first = openDevices(folder.path);
  await first.devices.knock(KNOCK);
  await first.devices.knock({ ...KNOCK, deviceId: "d2" });
  const token = (await first.devices.issueToken("d2", "operator", []))?.token ?? "";
  await first.devices.remove("d1", admin);
  await first.devices.revoke("d2", "operator", admin);
  first.database.close();

  const second = openDevices(folder.path);
  expect(second.devices.all().map(({ deviceId }) => deviceId)).toEqual(["d2"]);
  expect(second.devices.checkToken("d2", "operator", token, [])).toBe("token_mismatch");
  second.database.close();
});
