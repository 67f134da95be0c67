import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import type { Facts, Place, RealClient } from "./client.ts";

const run = promisify(execFile);
const LOOKS_MAX = 120;
const LOOK_INTERVAL_MS = 500;
const MESSAGE = "hello from the terminal";

/** The terminal client, in a terminal of tmux: it connects, a message is typed, the answer is on the screen. */
export const tui: RealClient = {
  name: "openclaw tui",
  async run(place): Promise<Facts> {
    const terminal = `understudy-clients-${process.pid}`;
    const tmux = (...args: string[]) => run("tmux", ["-L", terminal, ...args], { env: environment(place) });
    const program = join(place.reference, "node_modules", "openclaw", "openclaw.mjs");
    const { url, token } = place.gateway;
    const session = "agent:main:terminal-client";
    await tmux(
      ...["new-session", "-d", "-s", "tui", "-x", "120", "-y", "40"],
      ...[place.node, program, "tui", "--url", url, "--token", token, "--session", session],
    );
    try {
      await screen(
        tmux,
        (text) => text.includes("connected | idle"),
        "the status line does not say connected",
      );
      await tmux("send-keys", "-t", "tui", MESSAGE, "Enter");
      const answered = await screen(
        tmux,
        (text) => linesAfter(text, MESSAGE).length > 0 && text.includes("connected | idle"),
        "no answer on the screen",
      );
      return { answer: linesAfter(answered, MESSAGE)[0], gap: answered.includes("event gap") };
    } finally {
      await tmux("kill-server").catch(() => undefined);
    }
  },
};

type Tmux = (...args: string[]) => Promise<{ stdout: string }>;

/** Looks at the screen until it shows what is wanted; the last screen is in the complaint. */
async function screen(tmux: Tmux, shows: (text: string) => boolean, complaint: string): Promise<string> {
  let text = "";
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    text = (await tmux("capture-pane", "-p", "-t", "tui")).stdout;
    if (shows(text)) return text;
    await pause(LOOK_INTERVAL_MS);
  }
  throw new Error(`${complaint}; the screen was:\n${text.trim()}`);
}

/** The lines of the conversation below the last place where the message stands: the answer, once it is there. */
function linesAfter(text: string, message: string): string[] {
  const lines = text.split("\n").map((line) => line.trim());
  const at = lines.lastIndexOf(message);
  if (at < 0) return [];
  const rest = lines.slice(at + 1).filter((line) => line !== "");
  const end = rest.findIndex((line) =>
    /\| (idle|running|streaming|sending|waiting)|^agent main \|/.test(line),
  );
  return end < 0 ? rest : rest.slice(0, end);
}

function environment(place: Place): NodeJS.ProcessEnv {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: place.home,
    TZ: "UTC",
    LANG: "C.UTF-8",
    TERM: "xterm-256color",
  };
}
