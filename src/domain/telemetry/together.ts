import type { Telemetry } from "./index.ts";

/** Several listeners as one. */
export function together(listeners: readonly Telemetry[]): Telemetry {
  const told =
    <Name extends keyof Telemetry>(name: Name) =>
    (...facts: Parameters<Telemetry[Name]>): void => {
      // Each member takes its own facts, and the name picked the member.
      for (const listener of listeners)
        (listener[name] as (...all: Parameters<Telemetry[Name]>) => void)(...facts);
    };
  return {
    rpcReceived: told("rpcReceived"),
    rpcAnswered: told("rpcAnswered"),
    turnCreated: told("turnCreated"),
    runEnded: told("runEnded"),
    modelCalled: told("modelCalled"),
    tokensUsed: told("tokensUsed"),
    toolRan: told("toolRan"),
  };
}
