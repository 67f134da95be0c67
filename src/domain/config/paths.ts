import { homedir } from "node:os";
import path from "node:path";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ConfigPaths {
  readonly home: string;
  readonly stateDir: string;
  readonly configPath: string;
  /** Folders, besides that of the file, from which includes may be read. */
  readonly includeRoots: readonly string[];
}

/** A variable that says something: blank ones and the words of a careless script count as not set. */
export function said(value: string | undefined): string | undefined {
  const text = value?.trim();
  return text === undefined || text === "" || text === "undefined" || text === "null" ? undefined : text;
}

/** Replaces a leading `~` by the home folder. */
export function expandHome(text: string, home: string): string {
  if (text === "~") return home;
  return text.startsWith("~/") ? path.join(home, text.slice(2)) : text;
}

/** Where the configuration and the state are, by the reference's variables and its defaults. */
export function locate(env: Environment): ConfigPaths {
  const home = said(env["OPENCLAW_HOME"]) ?? said(env["HOME"]) ?? said(env["USERPROFILE"]) ?? homedir();
  const systemHome = said(env["HOME"]) ?? homedir();
  const absolute = (text: string) => path.resolve(expandHome(text, systemHome));
  const profile = said(env["OPENCLAW_PROFILE"]);
  const folder = profile === undefined || profile === "default" ? ".openclaw" : `.openclaw-${profile}`;
  const stateDir = absolute(said(env["OPENCLAW_STATE_DIR"]) ?? path.join(absolute(home), folder));
  const configPath = absolute(said(env["OPENCLAW_CONFIG_PATH"]) ?? path.join(stateDir, "openclaw.json"));
  const includeRoots = (said(env["OPENCLAW_INCLUDE_ROOTS"]) ?? "")
    .split(path.delimiter)
    .map((root) => expandHome(root.trim(), systemHome))
    .filter((root) => path.isAbsolute(root));
  return { home: absolute(home), stateDir, configPath, includeRoots };
}
