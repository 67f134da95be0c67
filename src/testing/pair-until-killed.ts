/** Pairs a device in the given state folder, tells its token, and waits to be killed. For the test of durability. */
import { createDevices } from "../domain/devices/devices.ts";
import type { Knock } from "../domain/devices/index.ts";
import { openIdentity } from "../domain/identity/identity.ts";
import { systemClock } from "../platform/clock.ts";
import { systemIds } from "../platform/ids.ts";
import { openDatabase } from "../store/database.ts";
import { createDeviceStore } from "../store/devices.ts";

const [stateDir = "", knock = "{}"] = process.argv.slice(2);
const asked = JSON.parse(knock) as Knock;
const devices = createDevices({
  store: createDeviceStore(openDatabase({ stateDir, clock: systemClock })),
  clock: systemClock,
  ids: systemIds,
  events: { publish: () => {} },
  tokenKey: openIdentity(stateDir).deriveKey("device-tokens"),
  approvesLocal: () => true,
});
await devices.knock(asked);
const issued = await devices.issueToken(asked.deviceId, asked.role, asked.scopes);
process.stdout.write(`${issued?.token}\n`);
// An open server is the plainest thing that keeps a process.
const { createServer } = await import("node:net");
createServer().listen(0, "127.0.0.1");
