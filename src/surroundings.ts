import type { Server } from "node:http";
import { homedir } from "node:os";
import { type Browsers, createBrowsers } from "./domain/browser/index.ts";
import { type Canvas, createCanvas } from "./domain/canvas/index.ts";
import type { ConfigSource } from "./domain/config/index.ts";
import { createGitHub, createPages, type Links, type WebFetch } from "./domain/links/index.ts";
import {
  createMemory,
  createSessionBackfill,
  type Memory,
  type SessionBackfill,
} from "./domain/memory/index.ts";
import { createMigrations, type Migrations } from "./domain/migrations/index.ts";
import type { Sessions } from "./domain/sessions/index.ts";
import type { Clock } from "./platform/clock.ts";
import type { Database } from "./store/database.ts";
import { createDocuments } from "./store/documents.ts";
import { SANDBOX_PAGE } from "./transport/sandbox/page.ts";

/** Loaded with its first use: the engine's own client for the web is not small. */
const publicFetch: WebFetch = async (url, options) =>
  (await import("./adapters/web/public-fetch.ts")).publicFetch(url, options);

/** What is read beyond sessions and settings. */
export interface Surroundings extends AsyncDisposable {
  readonly browsers: Browsers;
  readonly canvas: Canvas;
  readonly links: Links;
  readonly memory: Memory;
  readonly migrations: Migrations;
  readonly sessionBackfill: SessionBackfill;
}

/** Puts together what the gateway looks up for people and pages: the web, and the files of an agent's memory. */
export function composeSurroundings(parts: {
  readonly config: ConfigSource;
  readonly clock: Clock;
  readonly database: Database;
  readonly sessions: Sessions;
  /** Where the gateway listens. */
  readonly host: string;
  readonly port: () => number;
}): Surroundings {
  const { clock, sessions } = parts;
  const documents = createDocuments(parts.database);
  let texts: ReturnType<Parameters<typeof createMemory>[0]["index"]> | undefined;
  let sandbox: Promise<Server | undefined> | undefined;
  const browsers = createBrowsers({
    config: parts.config,
    port: parts.port,
    host: async () => (await import("./adapters/browser/chromium.ts")).createChromiumHost(clock),
    hasDisplay: ["DISPLAY", "WAYLAND_DISPLAY"].some((name) => (process.env[name] ?? "") !== ""),
  });
  return {
    browsers,
    async [Symbol.asyncDispose]() {
      await browsers.close();
      (await sandbox)?.close();
    },
    canvas: createCanvas({
      stateDir: parts.config.stateDir,
      port: parts.port,
      sandboxPage: SANDBOX_PAGE,
      serveSandbox: async () => {
        sandbox ??= import("./transport/sandbox/server.ts").then(({ openSandbox }) =>
          openSandbox(parts.host, parts.port() + 1),
        );
        await sandbox;
      },
    }),
    links: { github: createGitHub(publicFetch), pages: createPages(publicFetch) },
    memory: createMemory({
      clock,
      index: () => (texts ??= import("./store/memory-index.ts").then((index) => index.openMemoryIndex())),
    }),
    migrations: createMigrations({
      homeDir: process.env["HOME"] ?? homedir(),
      stateDir: parts.config.stateDir,
      env: process.env,
      clock,
      documents,
    }),
    sessionBackfill: createSessionBackfill({ sessions, documents, clock }),
  };
}
