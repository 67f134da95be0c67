import type { PairedDevice } from "./record.ts";
import type { KeptSetups } from "./setups.ts";

/** Keeps paired devices. Requests are not kept: they live five minutes, and a device asks again by itself. */
export interface DeviceStore {
  load(): readonly PairedDevice[];
  /** Resolves when the record would survive the end of the process. */
  save(device: PairedDevice): Promise<void>;
  delete(deviceId: string): Promise<void>;
  /** Codes that were made and are still good when the gateway starts anew. */
  loadSetups(): KeptSetups | undefined;
  saveSetups(setups: KeptSetups): Promise<void>;
}
