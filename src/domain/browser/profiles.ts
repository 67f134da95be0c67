import { type ConfigSource, type JsonRecord, list, section } from "../config/index.ts";

/** A browser that agents and operators may use, as the configuration names it. */
export interface BrowserProfile {
  readonly name: string;
  readonly driver: string;
  readonly transport: "cdp" | "chrome-mcp" | "extension";
  readonly cdpPort: number | null;
  readonly color: string;
  readonly isDefault: boolean;
  readonly isRemote: boolean;
  /** Where somebody else runs it. */
  readonly remoteUrl?: string;
}

export interface BrowserSettings {
  readonly isEnabled: boolean;
  readonly executablePath: string | undefined;
  readonly isHeadless: boolean | undefined;
  readonly isUnsandboxed: boolean;
  readonly isAttachOnly: boolean;
  readonly extraArgs: readonly string[];
}

/** Ports beside the gateway's: the one that an extension is met at, then those of browsers started here. */
const RELAY_OFFSET = 10;
const MANAGED_OFFSET = 11;
const COLOR = "#FF4500";

export function browserSettings(config: ConfigSource): BrowserSettings {
  const browser = section(config.snapshot().source, "browser");
  const { executablePath, headless } = browser;
  return {
    isEnabled: browser["enabled"] !== false,
    executablePath: typeof executablePath === "string" ? executablePath : undefined,
    isHeadless: typeof headless === "boolean" ? headless : undefined,
    isUnsandboxed: browser["noSandbox"] === true,
    isAttachOnly: browser["attachOnly"] === true,
    extraArgs: list(browser["extraArgs"]).filter((item) => typeof item === "string"),
  };
}

/** The managed browser, the person's own, the one that an extension shares, and what the configuration adds. */
export function browserProfiles(config: ConfigSource, port: number): readonly BrowserProfile[] {
  const browser = section(config.snapshot().source, "browser");
  const configured = section(browser, "profiles");
  const builtIn: Readonly<Record<string, JsonRecord>> = {
    openclaw: { driver: "openclaw", cdpPort: port + MANAGED_OFFSET },
    user: { driver: "existing-session" },
    chrome: { driver: "extension", cdpPort: port + RELAY_OFFSET },
  };
  const names = [...new Set([...Object.keys(builtIn), ...Object.keys(configured)])];
  const chosen = browser["defaultProfile"];
  const defaultName = typeof chosen === "string" && names.includes(chosen) ? chosen : "openclaw";
  return names.map((name, index) => {
    const settings = { ...builtIn[name], ...section(configured, name) };
    const { driver = "openclaw", color = COLOR, cdpPort, cdpUrl } = settings;
    const transport = transportOf(String(driver));
    const ownPort = typeof cdpPort === "number" ? cdpPort : port + MANAGED_OFFSET + index;
    return {
      name,
      driver: String(driver),
      transport,
      cdpPort: transport === "chrome-mcp" ? null : ownPort,
      color: String(color),
      isDefault: name === defaultName,
      isRemote: typeof cdpUrl === "string",
      ...(typeof cdpUrl === "string" ? { remoteUrl: cdpUrl } : {}),
    };
  });
}

function transportOf(driver: string): BrowserProfile["transport"] {
  if (driver === "existing-session") return "chrome-mcp";
  return driver === "extension" ? "extension" : "cdp";
}

/** Where a profile's browser is spoken to. */
export function addressOf({ remoteUrl, cdpPort }: BrowserProfile): string | null {
  return remoteUrl ?? (cdpPort === null ? null : `http://127.0.0.1:${cdpPort}`);
}
