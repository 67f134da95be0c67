import type { KeptSetups, PairedDevice } from "../domain/devices/index.ts";
import type { DeviceStore } from "../domain/devices/store.ts";
import type { Database } from "./database.ts";

interface Row {
  readonly body: string;
}

const SETUPS = ["devices", "setups"] as const;

export function createDeviceStore(db: Database): DeviceStore {
  return {
    // What was written here was a PairedDevice; a later shape comes with a migration.
    load: () => db.all<Row>("SELECT body FROM device").map((row) => JSON.parse(row.body) as PairedDevice),
    async save(device) {
      await db.write(() =>
        db.run(
          "INSERT INTO device (device_id, approved_at, body) VALUES (?, ?, ?) ON CONFLICT (device_id) DO UPDATE SET approved_at = excluded.approved_at, body = excluded.body",
          device.deviceId,
          device.approvedAtMs,
          JSON.stringify(device),
        ),
      );
    },
    async delete(deviceId) {
      await db.write(() => db.run("DELETE FROM device WHERE device_id = ?", deviceId));
    },
    loadSetups() {
      const row = db.one<Row>("SELECT body FROM document WHERE scope = ? AND name = ?", ...SETUPS);
      // Written below and nowhere else.
      return row === undefined ? undefined : (JSON.parse(row.body) as KeptSetups);
    },
    async saveSetups(setups) {
      await db.write(() =>
        db.run(
          "INSERT OR REPLACE INTO document (scope, name, body) VALUES (?, ?, ?)",
          ...SETUPS,
          JSON.stringify(setups),
        ),
      );
    },
  };
}
