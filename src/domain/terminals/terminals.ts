import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Publisher } from "../events.ts";
import type { OpenTerminal, ShellStarter, Staging, TerminalSettings, Terminals } from "./index.ts";
import { createTerminal, type ExitReason, type Terminal } from "./terminal.ts";
import { decodeUpload, uploadName } from "./upload.ts";

export interface TerminalParts {
  readonly shells: ShellStarter;
  readonly staging: Staging;
  readonly settings: () => TerminalSettings;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly events: Publisher;
}

export function createTerminals(parts: TerminalParts): Terminals {
  const { staging, settings, clock, ids } = parts;
  const opened = new Map<string, Terminal>();
  let starting = 0;

  const seen = (sessionId: string, connId: string): Terminal | undefined => {
    const terminal = opened.get(sessionId);
    return terminal?.isSeenBy(connId) ? terminal : undefined;
  };

  function end(terminal: Terminal, reason: ExitReason): void {
    opened.delete(terminal.row.sessionId);
    terminal.end(reason);
  }

  function checkRoom(): void {
    const { terminalsMax } = POLICY;
    if (opened.size + starting >= terminalsMax)
      throw invalidRequest(`terminal session limit reached (${terminalsMax})`);
  }

  async function open(request: OpenTerminal): Promise<Terminal> {
    checkRoom();
    starting += 1;
    try {
      const terminal = await createTerminal({
        ...parts,
        request,
        sessionId: ids.uuid(),
        shell: settings().shell,
        onOver: (over) => opened.delete(over.row.sessionId),
      });
      if (!settings().isEnabled) terminal.end("closed");
      checkEnabled();
      if (!terminal.isOver) opened.set(terminal.row.sessionId, terminal);
      return terminal;
    } finally {
      starting -= 1;
    }
  }

  function settle(): void {
    const { isEnabled, detachedMs } = settings();
    const latest = clock.now() - detachedMs;
    for (const terminal of opened.values()) {
      if (!isEnabled) end(terminal, "closed");
      else if (terminal.detachedAt !== undefined && terminal.detachedAt <= latest)
        end(terminal, "disconnected");
    }
  }

  function checkEnabled(): void {
    if (settings().isEnabled) return;
    throw new ProtocolError("UNAVAILABLE", "terminal is disabled", { retryable: false });
  }

  return {
    checkEnabled,
    open: async (request) => (await open(request)).row,
    list: () => [...opened.values()].map((terminal) => terminal.listing()),
    attach(sessionId, connId) {
      const terminal = opened.get(sessionId);
      if (terminal === undefined) throw invalidRequest(`unknown terminal session "${sessionId}"`);
      return { ...terminal.row, buffer: terminal.attach(connId) };
    },
    input(sessionId, connId, data) {
      const terminal = seen(sessionId, connId);
      terminal?.write(data);
      return terminal !== undefined;
    },
    resize(sessionId, connId, cols, rows) {
      const terminal = seen(sessionId, connId);
      terminal?.resize(cols, rows);
      return terminal !== undefined;
    },
    close(sessionId, connId) {
      const terminal = seen(sessionId, connId);
      if (terminal === undefined) return false;
      if (terminal.isKept) terminal.leave(connId);
      else end(terminal, "closed");
      return true;
    },
    async upload(sessionId, connId, { name, contentBase64 }) {
      const terminal = seen(sessionId, connId);
      if (terminal === undefined) throw invalidRequest(`unknown terminal session "${sessionId}"`);
      const content = decodeUpload(contentBase64);
      terminal.adopt();
      return await staging.keep(uploadName(name), content);
    },
    leave(connId) {
      for (const terminal of opened.values()) {
        if (!terminal.isSeenBy(connId)) continue;
        const { detachedMs } = settings();
        if (terminal.isKept) terminal.leave(connId);
        else if (terminal.isOwned || detachedMs === 0) end(terminal, "disconnected");
        else {
          terminal.detach(clock.now());
          clock.after(detachedMs, settle);
        }
      }
    },
    endSession(sessionKey) {
      const owner = `agent:${sessionKey}`;
      for (const terminal of opened.values()) if (terminal.owner === owner) end(terminal, "closed");
    },
    settle,
    closeAll() {
      for (const terminal of opened.values()) end(terminal, "closed");
    },
  };
}
