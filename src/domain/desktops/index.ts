import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type ConfigSource, section } from "../config/index.ts";

const DESKTOP_PORT = 5_900;

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
  return new ProtocolError("UNAVAILABLE", hostDesktopLack(host), { retryable: false });
}

/** What it would take to show the screen of this machine. */
export function hostDesktopSetup(config: ConfigSource): { readonly state: string; readonly detail: string } {
  const host = section(section(config.snapshot().source, "desktop"), "host");
  return { state: "needs-server", detail: hostDesktopLack(host) };
}

function hostDesktopLack(host: Readonly<Record<string, unknown>>): string {
  const port = typeof host["port"] === "number" ? host["port"] : DESKTOP_PORT;
  return `gateway host desktop is unavailable at 127.0.0.1:${port}. This gateway has no viewer for it.`;
}
