import path from "node:path";
import type * as Pty from "@lydell/node-pty";
import type { ShellStarter } from "../../domain/terminals/index.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";

/** Shells that read their profile when they are told that they are the first. */
const LOGIN_SHELLS: ReadonlySet<string> = new Set(["sh", "bash", "dash", "ash", "ksh", "zsh", "fish"]);
const TERM = "xterm";

/** Loaded with the first terminal: most gateways open none, and not every platform has the binary. */
async function load(): Promise<typeof Pty> {
  try {
    return await import("@lydell/node-pty");
  } catch (error) {
    throw new ProtocolError("UNAVAILABLE", "terminals are not available on this platform", {
      retryable: false,
      cause: error,
    });
  }
}

/** Starts shells of this machine, each behind a pseudo-terminal, with the environment of the gateway. */
export function createShells(env: () => NodeJS.ProcessEnv): ShellStarter {
  return {
    async start({ file, cwd, cols, rows, onData, onExit }) {
      const { spawn } = await load();
      const args = LOGIN_SHELLS.has(path.basename(file)) ? ["-l"] : [];
      const marks = { OPENCLAW_TERMINAL: "1", OPENCLAW_CLI: "1" };
      const pty = spawn(file, args, { name: TERM, cols, rows, cwd, env: { ...env(), ...marks } });
      let isOver = false;
      pty.onData(onData);
      pty.onExit(({ exitCode, signal }) => {
        isOver = true;
        onExit({ exitCode, signal: signal === undefined || signal === 0 ? null : signal });
      });
      return {
        write: (data) => void (isOver || pty.write(data)),
        resize: (wide, high) => void (isOver || pty.resize(wide, high)),
        pause: () => void (isOver || pty.pause()),
        resume: () => void (isOver || pty.resume()),
        kill: () => void (isOver || pty.kill()),
      };
    },
  };
}
