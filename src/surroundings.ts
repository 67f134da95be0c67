import { publicFetch } from "./adapters/web/public-fetch.ts";
import { createGitHub, createPages, type Links } from "./domain/links/index.ts";
import {
  createMemory,
  createSessionBackfill,
  type Memory,
  type SessionBackfill,
} from "./domain/memory/index.ts";
import type { Sessions } from "./domain/sessions/index.ts";
import type { Clock } from "./platform/clock.ts";
import type { Database } from "./store/database.ts";
import { createDocuments } from "./store/documents.ts";

/** What is read beyond sessions and settings. */
export interface Surroundings {
  readonly links: Links;
  readonly memory: Memory;
  readonly sessionBackfill: SessionBackfill;
}

/** Puts together what the gateway looks up for people and pages: the web, and the files of an agent's memory. */
export function composeSurroundings(parts: {
  readonly clock: Clock;
  readonly database: Database;
  readonly sessions: Sessions;
}): Surroundings {
  const { clock, sessions } = parts;
  let texts: ReturnType<Parameters<typeof createMemory>[0]["index"]> | undefined;
  return {
    links: { github: createGitHub(publicFetch), pages: createPages(publicFetch) },
    memory: createMemory({
      clock,
      index: () => (texts ??= import("./store/memory-index.ts").then((index) => index.openMemoryIndex())),
    }),
    sessionBackfill: createSessionBackfill({ sessions, documents: createDocuments(parts.database) }),
  };
}
