import type { Config, ConfigSource } from "../domain/config/index.ts";

/** A configuration that never changes, for tests: what is given, over the least that the gateway reads. */
export function fixedConfig(raw: Record<string, unknown> = {}, stateDir = "/nonexistent"): ConfigSource {
  const given = raw as { gateway?: Record<string, unknown> };
  const config = {
    ...raw,
    gateway: {
      port: 0,
      bind: "loopback",
      trustedProxies: [],
      auth: { mode: "token", token: TEST_TOKEN },
      controlUi: { enabled: true, basePath: "", allowedOrigins: [] },
      ...given.gateway,
    },
  } as unknown as Config;
  return {
    current: () => config,
    snapshot: hasNoFile,
    read: hasNoFile,
    check: hasNoFile,
    replace: hasNoFile,
    fingerprint: hasNoFile,
    path: `${stateDir}/openclaw.json`,
    stateDir,
    onChange: () => () => {},
  };
}

export const TEST_TOKEN = "token-of-the-tests";

function hasNoFile(): never {
  throw new Error("a fixed configuration has no file");
}
