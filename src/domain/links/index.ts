import type { GitHub } from "./github.ts";
import type { Pages } from "./pages.ts";

export { createGitHub, type GitHub, type GitHubItem } from "./github.ts";
export { type GitHubTarget, imageTarget, linkTarget, partsTarget } from "./github-target.ts";
export { createPages, type PagePreview, type Pages } from "./pages.ts";
export { isPublicAddress, isPublicHost, publicUrl } from "./public-address.ts";

export interface WebAnswer {
  /** Where the answer came from in the end. */
  readonly url: URL;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** More came than was asked for, and was left. */
  readonly isTruncated: boolean;
}

/** Reads something of the public internet, within bounds. Rejects when it cannot be reached, or is not public. */
export type WebFetch = (
  url: URL,
  options: {
    readonly bytesMax: number;
    readonly timeoutMs: number;
    readonly redirectsMax: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
  },
) => Promise<WebAnswer>;

/** What links lead to. */
export interface Links {
  readonly github: GitHub;
  readonly pages: Pages;
}
