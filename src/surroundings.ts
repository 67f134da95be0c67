import { publicFetch } from "./adapters/web/public-fetch.ts";
import { createGitHub, createPages, type Links } from "./domain/links/index.ts";

/** What is read beyond sessions and settings. */
export interface Surroundings {
  readonly links: Links;
}

/** Puts together what the gateway looks up for people and pages: the web, and the files of an agent's memory. */
export function composeSurroundings(): Surroundings {
  return {
    links: { github: createGitHub(publicFetch), pages: createPages(publicFetch) },
  };
}
