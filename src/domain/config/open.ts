import { createHmac } from "node:crypto";
import type { Clock } from "../../platform/clock.ts";
import { writePrivateFile } from "../../platform/files.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Log } from "../../platform/log.ts";
import { changedLeaves, changedPaths, reloadKind } from "./changes.ts";
import type { Config } from "./config.ts";
import { withStateVariables } from "./environment.ts";
import type { ConfigChange, ConfigSource } from "./index.ts";
import { loadKeySpace } from "./keys.ts";
import { fingerprintKeyFile, gatewayTokenFile, keptSecret } from "./own-secret.ts";
import { type Environment, locate } from "./paths.ts";
import { checkValue, readSnapshot, summarizeIssues } from "./read.ts";
import { resolveSecret } from "./secrets.ts";
import { type ConfigFlags, settle } from "./settle.ts";
import type { ConfigIssue, Snapshot } from "./snapshot.ts";
import { withConfigVariables } from "./substitute.ts";

export interface OpenConfigOptions {
  readonly env: Environment;
  readonly flags?: ConfigFlags;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** The configuration of a running gateway: what `ConfigSource` says, and the watch over its files. */
export interface OpenedConfig extends ConfigSource {
  /** Reads the file again; what is wrong with it leaves everything as it is. */
  reload(): Promise<ConfigChange | undefined>;
  /** Begins to watch the files. Called after the gateway listens: watching is not needed to start. */
  watch(): Promise<void>;
  close(): void;
}

/** The file says something that the key space does not have. */
export class InvalidConfigError extends Error {
  override readonly name = "InvalidConfigError";
  readonly snapshot: Snapshot;

  constructor(snapshot: Snapshot) {
    super(`Invalid config at ${snapshot.path}: ${summarizeIssues(snapshot.issues)}`);
    this.snapshot = snapshot;
  }

  get issues(): readonly ConfigIssue[] {
    return this.snapshot.issues;
  }
}

type Listener = Parameters<ConfigSource["onChange"]>[0];

/** Reads and settles the configuration. Throws when it cannot be started with. */
export async function openConfig(given: OpenConfigOptions): Promise<OpenedConfig> {
  const paths = locate(given.env);
  const options = { ...given, env: await withStateVariables(given.env, paths.stateDir) };
  const read = () =>
    readSnapshot({ path: paths.configPath, env: options.env, includeRoots: paths.includeRoots });
  const first = await read();
  if (first.issues.length > 0) throw new InvalidConfigError(first);
  const settled = (snapshot: Snapshot) =>
    settle({
      source: snapshot.source,
      env: withConfigVariables(snapshot.source, options.env),
      home: paths.home,
      stateDir: paths.stateDir,
      clock: options.clock,
      flags: options.flags ?? {},
      ownToken: () => keptSecret(gatewayTokenFile(paths.stateDir), options.ids),
      onMissingSecret: (path, error) =>
        options.log.warn({ path, reason: error.message }, "secret unavailable"),
    });
  for (const warning of first.warnings) options.log.warn(`${warning.path}: ${warning.message}`);
  const reveal = (value: unknown, { source }: Snapshot) =>
    resolveSecret(value, {
      source,
      env: withConfigVariables(source, options.env),
      home: paths.home,
      clock: options.clock,
    });
  return new FileConfig(first, await settled(first), { ...options, ...paths, read, settled, reveal });
}

interface FileConfigContext extends OpenConfigOptions {
  readonly configPath: string;
  readonly stateDir: string;
  read(): Promise<Snapshot>;
  settled(snapshot: Snapshot): Promise<Config>;
  reveal(value: unknown, snapshot: Snapshot): Promise<string | undefined>;
}

/** How long a file must be left alone before it is read: editors write in several steps. */
const SETTLE_MS = 200;

class FileConfig implements OpenedConfig {
  readonly path: string;
  readonly stateDir: string;
  readonly #context: FileConfigContext;
  readonly #listeners = new Set<Listener>();
  #snapshot: Snapshot;
  #config: Config;
  #busy: Promise<unknown> = Promise.resolve();
  #stopWatching: (() => void) | undefined;
  /** Read once: what it marks must stay comparable, whatever becomes of the file. */
  #key: Promise<string> | undefined;
  /** The last text that was refused, so that it is complained of once. */
  #refused: string | null = null;

  constructor(snapshot: Snapshot, config: Config, context: FileConfigContext) {
    this.path = context.configPath;
    this.stateDir = context.stateDir;
    this.#context = context;
    this.#snapshot = snapshot;
    this.#config = config;
  }

  current(): Config {
    return this.#config;
  }

  snapshot(): Snapshot {
    return this.#snapshot;
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  read(): Promise<Snapshot> {
    return this.#context.read();
  }

  check(value: unknown): ReturnType<ConfigSource["check"]> {
    return checkValue(value, this.#context.env, { isEdit: true });
  }

  async fingerprint(text: string): Promise<string> {
    this.#key ??= keptSecret(fingerprintKeyFile(this.stateDir), this.#context.ids);
    return `hmac-sha256:v1:${createHmac("sha256", await this.#key)
      .update(text)
      .digest("base64url")}`;
  }

  async replace(text: string): Promise<ConfigChange> {
    await writePrivateFile(this.path, text);
    return (await this.reload()) ?? { changedPaths: [], hotPaths: [], restartPaths: [] };
  }

  refreshSecrets(): Promise<void> {
    const next = this.#busy.then(async () => {
      this.#config = await this.#context.settled(this.#snapshot);
    });
    this.#busy = next.catch(() => {});
    return next;
  }

  reveal(value: unknown): Promise<string | undefined> {
    return this.#context.reveal(value, this.#snapshot);
  }

  /** Reloads follow one another, so that the last file read is the one in force. */
  reload(): Promise<ConfigChange | undefined> {
    const next = this.#busy.then(() => this.#reloadNow());
    this.#busy = next.catch(() => {});
    return next;
  }

  async #reloadNow(): Promise<ConfigChange | undefined> {
    const { log } = this.#context;
    const next = await this.read();
    if (next.issues.length > 0) {
      if (this.#refused === next.raw) return undefined;
      this.#refused = next.raw;
      log.warn(`config reload skipped (invalid config): ${summarizeIssues(next.issues)}`);
      return undefined;
    }
    this.#refused = null;
    if (!next.exists && this.#snapshot.exists) {
      log.warn("config reload skipped (config file not found)");
      return undefined;
    }
    const paths = changedPaths(this.#snapshot.source, next.source);
    if (paths.length === 0) {
      this.#snapshot = next;
      return undefined;
    }
    log.info(`config change detected; evaluating reload (${paths.join(", ")})`);
    try {
      return await this.#apply(next, paths);
    } catch (error) {
      log.warn(`config reload skipped: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  async #apply(next: Snapshot, paths: readonly string[]): Promise<ConfigChange | undefined> {
    const { log } = this.#context;
    const config = await this.#context.settled(next);
    if (this.#config.gateway.reload.mode === "off" && config.gateway.reload.mode === "off") {
      log.info("config reload is off; the change waits for a restart");
      return undefined;
    }
    const { reload } = await loadKeySpace({ extensions: false });
    const leaves = changedLeaves(this.#snapshot.source, next.source);
    const restartPaths = leaves.filter((path) => reloadKind(path, reload) === "restart");
    const hotPaths = leaves.filter((path) => reloadKind(path, reload) === "hot");
    const previous = this.#config;
    this.#snapshot = next;
    this.#config = config;
    const change = { changedPaths: paths, hotPaths, restartPaths };
    for (const listener of this.#listeners) listener(config, previous, change);
    if (hotPaths.length > 0) log.info(`config hot reload applied (${hotPaths.join(", ")})`);
    if (restartPaths.length > 0)
      log.warn(`config change requires gateway restart (${restartPaths.join(", ")})`);
    return change;
  }

  async watch(): Promise<void> {
    const { watchFolders } = await import("./watch.ts");
    const start = () => {
      this.#stopWatching?.();
      const files = [this.path, ...this.#snapshot.includedPaths];
      this.#stopWatching = watchFolders(files, SETTLE_MS, this.#context.clock, () => {
        const included = this.#snapshot.includedPaths.join();
        void this.reload().then(() => {
          if (this.#stopWatching && included !== this.#snapshot.includedPaths.join()) start();
        });
      });
    };
    start();
    // What was written between reading and watching is found now.
    await this.reload();
  }

  close(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#listeners.clear();
  }
}
