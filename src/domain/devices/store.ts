import type { PairedDevice } from "./record.ts";

/** Keeps paired devices. Requests are not kept: they live five minutes, and a device asks again by itself. */
export interface DeviceStore {
  load(): readonly PairedDevice[];
  /** Resolves when the record would survive the end of the process. */
  save(device: PairedDevice): Promise<void>;
  delete(deviceId: string): Promise<void>;
}
