import { POLICY } from "../schemas/policy.ts";
import { createShells } from "./adapters/terminals/shells.ts";
import { createStaging } from "./adapters/terminals/staging.ts";
import type { ConfigSource } from "./domain/config/index.ts";
import { createTerminals, type TerminalSettings, type Terminals } from "./domain/terminals/index.ts";
import type { FanOut } from "./events/fan-out.ts";
import type { Clock } from "./platform/clock.ts";
import type { Ids } from "./platform/ids.ts";

export interface Workbench {
  readonly terminals: Terminals;
}

/** Puts together what an operator works on this machine with. */
export function composeWorkbench(parts: {
  readonly config: ConfigSource;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: FanOut;
}): Workbench {
  const { config, clock, events } = parts;
  const terminals = createTerminals({
    ...parts,
    shells: createShells(() => process.env),
    staging: createStaging(clock),
    settings: () => terminalSettings(config),
  });
  events.overhear("sessions.changed", (payload) => {
    const key: unknown = Reflect.get(Object(payload), "sessionKey");
    const reason: unknown = Reflect.get(Object(payload), "reason");
    if (typeof key === "string" && (reason === "delete" || isArchived(payload))) terminals.endSession(key);
  });
  config.onChange(() => terminals.settle());
  return { terminals };
}

function isArchived(payload: unknown): boolean {
  return Reflect.get(Object(payload), "archived") === true;
}

/** `gateway.terminal`: on unless it is switched off, with the shell of whoever runs the gateway. */
function terminalSettings(config: ConfigSource): TerminalSettings {
  const settings: unknown = config.current().gateway["terminal"];
  const member = (name: string): unknown => Reflect.get(Object(settings), name);
  const shell = member("shell");
  const seconds = member("detachedSessionTimeoutSeconds");
  return {
    isEnabled: member("enabled") !== false,
    shell: typeof shell === "string" && shell !== "" ? shell : ownShell(),
    detachedMs: typeof seconds === "number" ? seconds * 1_000 : POLICY.terminalDetachedMs,
  };
}

function ownShell(): string {
  if (process.platform === "win32") return process.env["ComSpec"] ?? "cmd.exe";
  return process.env["SHELL"] ?? "/bin/sh";
}
