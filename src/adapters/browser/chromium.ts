import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:fs";
import { access, mkdir } from "node:fs/promises";
import type { BrowserHost, BrowserTab, LaunchOptions, RunningBrowser } from "../../domain/browser/index.ts";
import { type Clock, pause } from "../../platform/clock.ts";
import { parseJson } from "../../platform/json.ts";

/** Browsers of this family, where distributions and installers put them. */
const PLACES: readonly (readonly [string, string])[] = [
  ["chrome", "/usr/bin/google-chrome"],
  ["chrome", "/usr/bin/google-chrome-stable"],
  ["chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
  ["brave", "/usr/bin/brave-browser"],
  ["brave", "/Applications/Brave Browser.app/Contents/MacOS/Brave Browser"],
  ["edge", "/usr/bin/microsoft-edge"],
  ["chromium", "/usr/bin/chromium"],
  ["chromium", "/usr/bin/chromium-browser"],
  ["chromium", "/snap/bin/chromium"],
];
const START_MS = 15_000;
const POLL_MS = 200;
const CALL_MS = 20_000;
const STOP_MS = 3_000;
const STDERR_CHARS_MAX = 2_000;

export function createChromiumHost(clock: Clock): BrowserHost {
  return {
    async detect() {
      for (const [kind, executable] of PLACES) {
        // oxlint-disable-next-line no-await-in-loop -- the first one that is there is taken
        const isThere = await access(executable, constants.X_OK).then(
          () => true,
          () => false,
        );
        if (isThere) return { kind, executable };
      }
      return undefined;
    },
    launch: (options) => launch(options, clock),
  };
}

async function launch(options: LaunchOptions, clock: Clock): Promise<RunningBrowser> {
  await mkdir(options.userDataDir, { recursive: true, mode: 0o700 });
  const child = spawn(options.executable, argumentsOf(options), { stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint = `${complaint}${text}`.slice(-STDERR_CHARS_MAX);
  });
  child.on("error", (error) => (complaint = error.message));
  const origin = `http://127.0.0.1:${options.port}`;
  const deadline = clock.elapsed() + START_MS;
  while (clock.elapsed() < deadline && isAlive(child)) {
    // oxlint-disable-next-line no-await-in-loop -- asked again until it answers
    if (await answers(origin)) return running(child, options, origin, clock);
    // oxlint-disable-next-line no-await-in-loop -- as above
    await pause(clock, POLL_MS);
  }
  child.kill("SIGKILL");
  throw new Error(`Chrome stderr:\n${complaint.trim()}`);
}

function argumentsOf(options: LaunchOptions): string[] {
  return [
    `--remote-debugging-port=${options.port}`,
    "--remote-debugging-address=127.0.0.1",
    `--user-data-dir=${options.userDataDir}`,
    "--no-first-run",
    "--no-default-browser-check",
    ...(options.isHeadless ? ["--headless=new"] : []),
    ...(options.isUnsandboxed ? ["--no-sandbox"] : []),
    ...options.extraArgs,
    "about:blank",
  ];
}

function isAlive(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

async function answers(origin: string): Promise<boolean> {
  return await fetch(`${origin}/json/version`).then(
    ({ ok }) => ok,
    () => false,
  );
}

interface Target extends BrowserTab {
  readonly type: string;
  readonly webSocketDebuggerUrl: string;
}

function running(child: ChildProcess, options: LaunchOptions, origin: string, clock: Clock): RunningBrowser {
  const ask = async (path: string, method = "GET"): Promise<Response> => {
    const answer = await fetch(`${origin}${path}`, { method, signal: AbortSignal.timeout(CALL_MS) });
    if (!answer.ok) throw new Error(`the browser refused ${path}`);
    return answer;
  };
  const pages = async (): Promise<readonly Target[]> => {
    // The shape is the protocol's own.
    const targets = (await (await ask("/json/list")).json()) as readonly Target[];
    return targets.filter(({ type }) => type === "page");
  };
  const command = async (
    tabId: string,
    method: string,
    params: object,
  ): Promise<Readonly<Record<string, unknown>>> => {
    const target = (await pages()).find(({ id }) => id === tabId);
    if (target === undefined) throw new Error("tab not found");
    return await call(target.webSocketDebuggerUrl, method, params);
  };
  return {
    pid: child.pid ?? 0,
    executable: options.executable,
    get isAlive() {
      return isAlive(child);
    },
    tabs: async () => (await pages()).map(({ id, title, url }) => ({ id, title, url })),
    async open(url) {
      const {
        id,
        title,
        url: at,
      } = (await (await ask(`/json/new?${encodeURIComponent(url)}`, "PUT")).json()) as Target;
      return { id, title, url: at };
    },
    focus: async (tabId) => void (await ask(`/json/activate/${tabId}`)),
    close: async (tabId) => void (await ask(`/json/close/${tabId}`)),
    navigate: async (tabId, url) => void (await command(tabId, "Page.navigate", { url })),
    async screenshot(tabId) {
      const { data } = await command(tabId, "Page.captureScreenshot", { format: "png" });
      return Buffer.from(typeof data === "string" ? data : "", "base64");
    },
    async stop() {
      child.kill("SIGTERM");
      const deadline = clock.elapsed() + STOP_MS;
      // oxlint-disable-next-line no-await-in-loop -- asked again until it is gone
      while (isAlive(child) && clock.elapsed() < deadline) await pause(clock, POLL_MS);
      if (isAlive(child)) child.kill("SIGKILL");
    },
  };
}

/** One call over a socket of its own: what is asked of a page here is rare. */
async function call(url: string, method: string, params: object): Promise<Readonly<Record<string, unknown>>> {
  const { promise, resolve, reject } = Promise.withResolvers<Readonly<Record<string, unknown>>>();
  const socket = new WebSocket(url);
  const limit = AbortSignal.timeout(CALL_MS);
  limit.addEventListener("abort", () => reject(new Error(`${method} took too long`)), { once: true });
  socket.addEventListener("open", () => socket.send(JSON.stringify({ id: 1, method, params })));
  socket.addEventListener("error", () => reject(new Error("the page cannot be reached")));
  socket.addEventListener("message", ({ data }) => {
    const answer = parseJson(String(data));
    if (typeof answer !== "object" || answer === null || Reflect.get(answer, "id") !== 1) return;
    const error: unknown = Reflect.get(answer, "error");
    if (error !== undefined) reject(new Error(JSON.stringify(error)));
    else resolve({ ...(Reflect.get(answer, "result") as object) });
  });
  return await promise.finally(() => socket.close());
}
