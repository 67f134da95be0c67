import { type ConnectOptions, connectClient, openSocket, type TestClient } from "../client.ts";
import { createTestClock } from "../clock.ts";
import { openTestGateway } from "../gateway.ts";

/**
 * The gateway that the protocol tests talk to: a fresh one of ours, or, with `UNDERSTUDY_TARGET_URL` and
 * `UNDERSTUDY_TARGET_TOKEN`, any other one, which is how the tests themselves are checked against the reference.
 */
export interface Target extends AsyncDisposable {
  readonly url: string;
  readonly httpUrl: string;
  readonly token: string;
  connect(options?: ConnectOptions): Promise<TestClient>;
  /** A socket that has not said anything yet. */
  open(headers?: Record<string, string>, path?: string): Promise<TestClient>;
  /** Lets time go by: the clock of ours is moved, that of another gateway has to be waited for. */
  pass(durationMs: number): Promise<void>;
}

const url = process.env["UNDERSTUDY_TARGET_URL"];
const token = process.env["UNDERSTUDY_TARGET_TOKEN"] ?? "";

export async function openTarget(config: Record<string, unknown> = {}): Promise<Target> {
  return url === undefined ? openOwn(config) : openOther(url);
}

async function openOwn(config: Record<string, unknown>): Promise<Target> {
  const clock = createTestClock();
  const gateway = await openTestGateway({ config, clock });
  return {
    url: gateway.url,
    httpUrl: gateway.url.replace(/^ws/, "http"),
    token: gateway.token,
    connect: (options) => gateway.connect(options),
    open: (headers, path = "") => openSocket(`${gateway.url}${path}`, headers),
    pass(durationMs) {
      clock.advance(durationMs);
      return Promise.resolve();
    },
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

function openOther(target: string): Target {
  return {
    url: target,
    httpUrl: target.replace(/^ws/, "http"),
    token,
    connect: (options) => connectClient(target, token, options),
    open: (headers, path = "") => openSocket(`${target}${path}`, headers),
    // oxlint-disable-next-line no-restricted-globals -- another gateway lives by the real clock
    pass: (durationMs) => new Promise((resolve) => setTimeout(resolve, durationMs)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
