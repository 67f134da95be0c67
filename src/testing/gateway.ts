import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Gateway, startGateway } from "../main.ts";
import type { Clock } from "../platform/clock.ts";
import type { Ids } from "../platform/ids.ts";
import { type ConnectOptions, connectClient, openSocket, type TestClient } from "./client.ts";
import { TEST_TOKEN, testConfig } from "./config.ts";

export interface TestGatewayOptions {
  /** Members of `openclaw.json`. */
  readonly config?: Record<string, unknown>;
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** Puts files into the state folder before the gateway starts. */
  readonly prepare?: (stateDir: string) => Promise<void>;
}

export interface TestGateway extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly url: string;
  readonly port: number;
  readonly token: string;
  readonly stateDir: string;
  connect(options?: ConnectOptions): Promise<TestClient>;
  /** A socket that has not said anything yet. */
  open(headers?: Record<string, string>): Promise<TestClient>;
}

/** A gateway of its own: free port, own state folder, gone with the scope. */
export async function openTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const stateDir = await mkdtemp(path.join(tmpdir(), "understudy-test-"));
  const config = await testConfig(stateDir, options.config);
  await options.prepare?.(stateDir);
  const gateway = await startGateway({
    config,
    port: 0,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.ids === undefined ? {} : { ids: options.ids }),
  });
  return {
    gateway,
    url: gateway.url,
    port: gateway.port,
    token: TEST_TOKEN,
    stateDir,
    connect: (connect) => connectClient(gateway.url, TEST_TOKEN, connect),
    open: (headers) => openSocket(gateway.url, headers),
    async [Symbol.asyncDispose]() {
      await gateway.close();
      config.close();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}
