import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type ConfigSource, section } from "../config/index.ts";

/** Why the screen of a hired machine cannot be seen or used: nobody asked for such machines, or there is none. */
export function workerDesktopRefusal(
  config: ConfigSource,
  verb: "observe" | "launch",
  environmentId: string,
): ProtocolError {
  if (section(config.snapshot().source, "cloudWorkers")["desktop"] !== true) {
    return invalidRequest(
      `worker desktop ${verb} is disabled; enable the Desktop lab in Control UI Settings -> Labs (config: cloudWorkers.desktop)`,
    );
  }
  return invalidRequest(`Unknown worker environment: ${environmentId}`);
}

/** Why the screen of this machine cannot be seen: the lab is off, or no server of the gateway shows it. */
export function hostDesktopRefusal(config: ConfigSource): ProtocolError {
  const host = section(section(config.snapshot().source, "desktop"), "host");
  if (host["enabled"] !== true) {
    return invalidRequest(
      "gateway host desktop is disabled; enable the Desktop lab (config: desktop.host.enabled=true)",
    );
  }
  const port = typeof host["port"] === "number" ? host["port"] : 5_900;
  return new ProtocolError(
    "UNAVAILABLE",
    `gateway host desktop is unavailable at 127.0.0.1:${port}. This gateway has no viewer for it.`,
    { retryable: false },
  );
}
