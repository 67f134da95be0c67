import type { ConnectParams } from "../../schemas/handshake.ts";
import { connectParams, openSocket, type TestClient } from "./client.ts";
import type { TestDevice } from "./device.ts";
import type { TestGateway } from "./gateway.ts";

export interface DeviceConnectOptions {
  readonly scopes?: readonly string[];
  readonly role?: string;
  readonly auth?: Record<string, unknown>;
  readonly platform?: string;
  readonly client?: Record<string, unknown>;
  readonly params?: Record<string, unknown>;
  /** Of the upgrade; a page has an `Origin`. */
  readonly headers?: Record<string, string>;
}

/** A test client that came with a device. */
export interface DeviceClient
  extends Pick<TestClient, "call" | "event" | "events" | "request" | "response" | "closed"> {
  readonly auth: Record<string, string>;
  gone(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly details: Record<string, string>;
}

async function shake(gateway: TestGateway, device: TestDevice, options: DeviceConnectOptions) {
  const client = await openSocket(gateway.url, options.headers);
  const { payload } = await client.event("connect.challenge");
  const challenge = { nonce: payload.nonce as string, issuedAt: payload.ts as number };
  const params = connectParams(gateway.token, {
    ...options,
    client: { id: "cli", mode: "cli", platform: options.platform ?? "linux", ...options.client },
  });
  const answer = await client.call("connect", device.prove(params as unknown as ConnectParams, challenge));
  return { client, answer };
}

/** Connects with a device; throws what the gateway refused with. */
export async function deviceClient(
  gateway: TestGateway,
  device: TestDevice,
  options: DeviceConnectOptions = {},
): Promise<DeviceClient> {
  const { client, answer } = await shake(gateway, device, options);
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.error)}`);
  const auth = answer.payload.auth as Record<string, string>;
  const dispose = () => client[Symbol.asyncDispose]();
  return Object.assign(client, { auth, gone: dispose });
}

/** Connects with a device that is to be refused; gives back the error. */
deviceClient.refused = async (
  gateway: TestGateway,
  device: TestDevice,
  options: DeviceConnectOptions = {},
): Promise<Refusal> => {
  const { client, answer } = await shake(gateway, device, options);
  if (answer.ok) throw new Error("was let in");
  await client.closed;
  return answer.error as unknown as Refusal;
};
