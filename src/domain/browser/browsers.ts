import path from "node:path";
import { ProtocolError } from "../../errors/protocol-error.ts";
import type { ConfigSource, JsonRecord } from "../config/index.ts";
import { text } from "../config/index.ts";
import { publicUrl } from "../links/index.ts";
import type { BrowserHost, BrowserTab, RunningBrowser } from "./host.ts";
import {
  addressOf,
  type BrowserProfile,
  type BrowserSettings,
  browserProfiles,
  browserSettings,
} from "./profiles.ts";

export interface BrowserRequest {
  readonly method: string;
  readonly path: string;
  readonly query: JsonRecord;
  readonly body: JsonRecord;
}

/** The browsers of this machine, spoken to as the reference's control interface is: a method, a path, a body. */
export interface Browsers {
  request(request: BrowserRequest): Promise<JsonRecord>;
  /** Ends what was started here. */
  close(): Promise<void>;
}

export interface BrowsersParts {
  readonly config: ConfigSource;
  readonly port: () => number;
  /** Loaded when a browser is asked for. */
  readonly host: () => Promise<BrowserHost>;
  /** A screen to show a browser on. */
  readonly hasDisplay: boolean;
}

type Route = (profile: BrowserProfile, request: BrowserRequest, name: string) => Promise<JsonRecord>;

const PROFILE_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

export function createBrowsers(parts: BrowsersParts): Browsers {
  const running = new Map<string, RunningBrowser>();
  const live = (name: string): RunningBrowser | undefined => {
    const browser = running.get(name);
    if (browser?.isAlive === false) running.delete(name);
    return running.get(name);
  };
  const start = async (profile: BrowserProfile, isHeadless?: boolean): Promise<RunningBrowser> => {
    const there = live(profile.name);
    if (there !== undefined) return there;
    if (profile.transport !== "cdp" || profile.isRemote || profile.cdpPort === null) throw notReachable();
    const settings = browserSettings(parts.config);
    const host = await parts.host();
    const executable = settings.executablePath ?? (await host.detect())?.executable;
    if (executable === undefined)
      throw failure("No supported browser found (Chrome, Brave, Edge or Chromium).");
    const options = {
      executable,
      port: profile.cdpPort,
      userDataDir: path.join(parts.config.stateDir, "browser", profile.name, "user-data"),
      isHeadless: isHeadless ?? settings.isHeadless ?? !parts.hasDisplay,
      isUnsandboxed: settings.isUnsandboxed,
      extraArgs: settings.extraArgs,
    };
    const browser = await host.launch(options).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw failure(
        `Failed to start Chrome CDP on port ${options.port} for profile "${profile.name}". ${why}`,
      );
    });
    running.set(profile.name, browser);
    return browser;
  };
  /** The page that is meant: the one named, or the first. */
  const tabOf = async (browser: RunningBrowser, targetId: unknown): Promise<BrowserTab> => {
    const tabs = await browser.tabs();
    const wanted = text(targetId);
    const tab =
      wanted === undefined
        ? tabs[0]
        : tabs.find(({ id }, index) => id === wanted || `t${index + 1}` === wanted);
    if (tab === undefined) throw refusal("tab not found");
    return tab;
  };
  const routes: Readonly<Record<string, Route>> = {
    "GET /": (profile) => status(parts, profile, live(profile.name)),
    "GET /profiles": async () => ({
      profiles: await Promise.all(
        browserProfiles(parts.config, parts.port()).map((profile) => profileRow(profile, live(profile.name))),
      ),
    }),
    "POST /start": async (profile, { query }) => {
      await start(profile, query["headless"] === "true" || query["headless"] === true ? true : undefined);
      return { ok: true, profile: profile.name };
    },
    "POST /stop": async (profile) => {
      const browser = live(profile.name);
      await browser?.stop();
      running.delete(profile.name);
      return { ok: true, stopped: browser !== undefined, profile: profile.name };
    },
    "GET /tabs": async (profile) => {
      if (profile.transport === "chrome-mcp") throw notReachable();
      const browser = live(profile.name);
      return { running: browser !== undefined, tabs: browser === undefined ? [] : await tabRows(browser) };
    },
    "POST /tabs/open": async (profile, { body }) => {
      const url = requireUrl(body);
      const tab = await (await start(profile)).open(url);
      return { ...tabRow(tab), ok: true };
    },
    "POST /tabs/focus": async (profile, { body }) => {
      if (text(body["targetId"]) === undefined) throw refusal("targetId is required");
      const browser = requireRunning(live(profile.name));
      await browser.focus((await tabOf(browser, body["targetId"])).id);
      return { ok: true };
    },
    "DELETE /tabs/": async (profile, _request, targetId) => {
      const browser = requireRunning(live(profile.name));
      await browser.close((await tabOf(browser, targetId)).id);
      return { ok: true };
    },
    "POST /tabs/action": async (profile, { body }) => {
      const { action, targetId } = body;
      if (action === "list") {
        const browser = live(profile.name);
        return { ok: true, tabs: browser === undefined ? [] : await tabRows(browser) };
      }
      if (action === "new") {
        const url = body["url"] === undefined ? "about:blank" : requireUrl(body);
        return { ok: true, tab: tabRow(await (await start(profile)).open(url)) };
      }
      if (action !== "select" && action !== "close") throw refusal("unknown tab action");
      const browser = requireRunning(live(profile.name));
      const { id } = await tabOf(browser, targetId);
      await (action === "select" ? browser.focus(id) : browser.close(id));
      return { ok: true, targetId: id };
    },
    "POST /navigate": async (profile, { body }) => {
      const url = requireUrl(body);
      const browser = await start(profile);
      const tab = await tabOf(browser, body["targetId"]);
      await browser.navigate(tab.id, url);
      return { ok: true, targetId: tab.id, url };
    },
    "POST /screenshot": async (profile, { body }) => {
      const browser = await start(profile);
      const tab = await tabOf(browser, body["targetId"]);
      const png = await browser.screenshot(tab.id);
      return {
        ok: true,
        targetId: tab.id,
        url: tab.url,
        mimeType: "image/png",
        data: png.toString("base64"),
      };
    },
    "POST /profiles/create": async (_profile, { body }) => {
      const name = text(body["name"]);
      if (name === undefined) throw refusal("name is required");
      if (!PROFILE_NAME.test(name)) {
        throw refusal("invalid profile name: use lowercase letters, numbers, and hyphens only");
      }
      throw failure("profiles are named in the configuration of this gateway (browser.profiles)");
    },
    "DELETE /profiles/": async (_profile, _request, name) => {
      const profile = browserProfiles(parts.config, parts.port()).find((one) => one.name === name);
      if (profile === undefined) throw refusal(`profile "${name}" not found`);
      if (profile.isDefault) {
        throw refusal(`cannot delete the default profile "${name}"; change browser.defaultProfile first`);
      }
      throw failure("profiles are named in the configuration of this gateway (browser.profiles)");
    },
    "POST /act": async (_profile, { body }) => {
      const error = "kind is required";
      if (text(body["kind"]) === undefined) {
        throw new ProtocolError("INVALID_REQUEST", error, { details: { error, code: "ACT_KIND_REQUIRED" } });
      }
      throw failure("this gateway cannot act on pages; it opens, shows and closes them");
    },
  };
  return {
    async request(request) {
      const profiles = browserProfiles(parts.config, parts.port());
      const wanted = text(request.query["profile"]);
      const profile = profiles.find(({ name, isDefault }) =>
        wanted === undefined ? isDefault : name === wanted,
      );
      if (profile === undefined) {
        const known = profiles.map(({ name }) => name).join(", ");
        throw refusal(`Profile "${wanted}" not found. Available profiles: ${known}`);
      }
      const [place, name] = split(request.path);
      const route = routes[`${request.method} ${place}`];
      if (route === undefined) throw refusal("Not Found");
      return await route(profile, request, name);
    },
    async close() {
      await Promise.all([...running.values()].map((browser) => browser.stop()));
      running.clear();
    },
  };
}

/** `/tabs/<id>` and `/profiles/<name>` carry a name behind the place. */
function split(text: string): readonly [string, string] {
  const whole = text.startsWith("/") ? text : `/${text}`;
  const clean = whole.length > 1 && whole.endsWith("/") ? whole.slice(0, -1) : whole;
  const match = /^(\/(?:tabs|profiles)\/)([^/]+)$/.exec(clean);
  if (match === null || ["open", "focus", "action", "create"].includes(match[2] ?? "")) return [clean, ""];
  return [match[1] ?? clean, decodeURIComponent(match[2] ?? "")];
}

async function status(parts: BrowsersParts, profile: BrowserProfile, browser: RunningBrowser | undefined) {
  const settings = browserSettings(parts.config);
  const detected = await (await parts.host()).detect();
  const isManaged = profile.transport === "cdp" && !profile.isRemote;
  const isRunning = browser !== undefined;
  return {
    enabled: settings.isEnabled,
    profile: profile.name,
    driver: profile.driver,
    transport: profile.transport,
    running: isRunning,
    cdpReady: isRunning,
    cdpHttp: isRunning,
    pageReady: isRunning,
    pid: browser?.pid ?? null,
    cdpPort: profile.cdpPort,
    cdpUrl: addressOf(profile),
    chosenBrowser: isRunning ? (detected?.kind ?? "custom") : null,
    detectedBrowser: detected?.kind ?? null,
    detectedExecutablePath: detected?.executable ?? null,
    detectError: null,
    userDataDir: isRunning ? path.join(parts.config.stateDir, "browser", profile.name, "user-data") : null,
    color: profile.color,
    ...headless(parts, settings, isManaged),
    noSandbox: settings.isUnsandboxed,
    executablePath: settings.executablePath ?? null,
    attachOnly: settings.isAttachOnly || !isManaged,
    graphics: null,
  };
}

function headless(parts: BrowsersParts, { isHeadless }: BrowserSettings, isManaged: boolean) {
  if (!isManaged) return { headless: false, headlessSource: "default" };
  if (isHeadless !== undefined) return { headless: isHeadless, headlessSource: "config" };
  if (parts.hasDisplay) return { headless: false, headlessSource: "default" };
  return { headless: true, headlessSource: "linux-display-fallback" };
}

async function profileRow(profile: BrowserProfile, browser: RunningBrowser | undefined) {
  const { name, transport, cdpPort, color, driver, isDefault, isRemote } = profile;
  return {
    name,
    transport,
    cdpPort,
    cdpUrl: addressOf(profile),
    color,
    driver,
    running: browser !== undefined,
    tabCount: browser === undefined ? 0 : (await browser.tabs()).length,
    isDefault,
    isRemote,
    reconcileReason: null,
  };
}

async function tabRows(browser: RunningBrowser) {
  return (await browser.tabs()).map((tab, index) => ({ ...tabRow(tab), tabId: `t${index + 1}` }));
}

function tabRow({ id, title, url }: BrowserTab) {
  return { targetId: id, suggestedTargetId: id, title, url, type: "page" };
}

/** What an operator's page may be sent to: the public web, and nothing of this machine or its network. */
function requireUrl(body: JsonRecord): string {
  const asked = text(body["url"]);
  if (asked === undefined) throw refusal("url is required");
  if (asked === "about:blank") return asked;
  const url = publicUrl(asked);
  if (url === undefined) throw refusal("browser navigation blocked by policy");
  return url.href;
}

function requireRunning(browser: RunningBrowser | undefined): RunningBrowser {
  if (browser === undefined) throw refusal("browser not running");
  return browser;
}

function refusal(error: string): ProtocolError {
  return new ProtocolError("INVALID_REQUEST", error, { details: { error } });
}

function failure(reason: string): ProtocolError {
  const error = `Error: ${reason}`;
  return new ProtocolError("UNAVAILABLE", error, { details: { error }, retryable: false });
}

function notReachable(): ProtocolError {
  return failure("Could not connect to Chrome. Check if Chrome is running.");
}
