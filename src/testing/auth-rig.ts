import type { ConnectParams } from "../../schemas/handshake.ts";
import type { Accepted, Admission, Peer, Refused } from "../auth/admission.ts";
import { createAuthenticator } from "../auth/authenticator.ts";
import type { ConfigSource } from "../domain/config/index.ts";
import { createDevices } from "../domain/devices/devices.ts";
import type { Devices, PairedDevice } from "../domain/devices/index.ts";
import type { DeviceStore } from "../domain/devices/store.ts";
import { systemIds } from "../platform/ids.ts";
import { createTestClock, type TestClock } from "./clock.ts";
import type { ProofOptions, TestDevice } from "./device.ts";

export const RIG_TOKEN = "the-shared-token";

export interface Published {
  readonly event: string;
  readonly payload: Record<string, unknown>;
}

export interface AdmitOptions extends Omit<Partial<ConnectParams>, "client" | "device"> {
  readonly client?: Partial<ConnectParams["client"]>;
  readonly device?: TestDevice;
  readonly proof?: ProofOptions;
  readonly peer?: Partial<Peer>;
  /** Instead of a fresh one. */
  readonly nonce?: string;
}

export interface AuthRig {
  readonly clock: TestClock;
  readonly devices: Devices;
  readonly events: Published[];
  readonly store: Map<string, PairedDevice>;
  admit(options?: AdmitOptions): Promise<Admission>;
  accept(options?: AdmitOptions): Promise<Accepted>;
  refuse(options?: AdmitOptions): Promise<Refused>;
}

/** An authenticator with devices behind it, in memory, at a time that stands still. */
export function createAuthRig(gateway: Record<string, unknown> = {}): AuthRig {
  const clock = createTestClock();
  const events: Published[] = [];
  const store = new Map<string, PairedDevice>();
  const config = rigConfig(gateway);
  const devices = createDevices({
    store: memoryDeviceStore(store),
    clock,
    ids: systemIds,
    events: { publish: (event, payload) => void events.push({ event, payload } as Published) },
    tokenKey: Buffer.alloc(32, 7),
    approvesLocal: () => config.current().gateway.nodes.pairing.autoApproveLocal,
  });
  const authenticator = createAuthenticator({ config, clock, devices });
  let challenges = 0;

  async function admit(options: AdmitOptions = {}): Promise<Admission> {
    const { device, proof, peer, nonce, client, ...rest } = options;
    challenges += 1;
    const challenge = { nonce: nonce ?? `nonce-${challenges}`, issuedAt: clock.now() };
    const params: ConnectParams = {
      minProtocol: 4,
      maxProtocol: 4,
      client: { id: "cli", mode: "cli", version: "1", platform: "linux", ...client },
      auth: { token: RIG_TOKEN },
      ...rest,
    };
    const signed = device === undefined ? params : device.prove(params, challenge, proof);
    return authenticator.admit(signed, { ...LOCAL, ...peer }, challenge);
  }

  return {
    clock,
    devices,
    events,
    store,
    admit,
    async accept(options) {
      const admission = await admit(options);
      if (admission.kind === "accepted") return admission;
      throw new Error(`refused: ${JSON.stringify(admission)}`);
    },
    async refuse(options) {
      const admission = await admit(options);
      if (admission.kind === "refused") return admission;
      throw new Error(`accepted: ${JSON.stringify(admission)}`);
    },
  };
}

const LOCAL: Peer = { address: "127.0.0.1", isLoopback: true, isProxied: false, headers: {} };

/** A peer on another machine, as it is seen through a proxy that the configuration trusts. */
export const REMOTE: Peer = { address: "203.0.113.9", isLoopback: false, isProxied: true, headers: {} };

function rigConfig(gateway: Record<string, unknown>): ConfigSource {
  const current = {
    gateway: {
      auth: { mode: "token", token: RIG_TOKEN },
      controlUi: { allowedOrigins: [], dangerouslyAllowHostHeaderOriginFallback: false },
      nodes: { pairing: { autoApproveLocal: true, autoApproveCidrs: [] }, commands: {} },
      ...gateway,
    },
  };
  return { current: () => current } as unknown as ConfigSource;
}

export function memoryDeviceStore(kept: Map<string, PairedDevice>): DeviceStore {
  return {
    loadSetups: () => undefined,
    saveSetups: async () => {},
    load: () => [...kept.values()],
    save: (device) => Promise.resolve(void kept.set(device.deviceId, device)),
    delete: (deviceId) => Promise.resolve(void kept.delete(deviceId)),
  };
}
