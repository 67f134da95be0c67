import { createHash } from "node:crypto";

/** An `index.html` made ready for the place it is served from, and what its headers need to know. */
export interface Page {
  readonly html: string;
  /** `'sha256-…'` sources of the inline scripts, in the page's order. */
  readonly scriptHashes: readonly string[];
  /** The build the bundle says it is, without the digest of its assets. */
  readonly buildId: string | undefined;
}

export interface PagePlace {
  readonly basePath: string;
  readonly isTerminalEnabled: boolean;
}

const BUILD_ID = /data-openclaw-control-ui-build-id="([^"]+)"/;
const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;
/** Files outside `assets/` have no hash in their names, so their version is added to the link. */
const RELATIVE_LINK = /\b(href|src)="\.\/(?:(assets\/[^"]*)|([^"]*))"/g;

/** Tells the bundle where it is mounted and makes its links absolute, so that any route can be reloaded. */
export function renderPage(source: string, place: PagePlace): Page {
  const version = BUILD_ID.exec(source)?.[1];
  const suffix = version === undefined ? "" : `?v=${encodeURIComponent(version)}`;
  const attributes =
    `data-openclaw-control-ui-base-path="${escapeAttribute(place.basePath)}" ` +
    `data-openclaw-terminal-enabled="${place.isTerminalEnabled}" `;
  const html = source
    .replace("<html ", () => `<html ${attributes}`)
    .replace(RELATIVE_LINK, (_, attribute: string, asset: string | undefined, other: string | undefined) =>
      asset === undefined
        ? `${attribute}="${place.basePath}/${other ?? ""}${suffix}"`
        : `${attribute}="${place.basePath}/${asset}"`,
    );
  return { html, scriptHashes: hashesOf(html), buildId: version?.replace(/-[0-9a-f]{64}$/, "") };
}

/** The browser hashes what it is given, so the hashes are computed from the page as served. */
function hashesOf(html: string): string[] {
  return [...html.matchAll(INLINE_SCRIPT)].map(
    ([, script]) =>
      `'sha256-${createHash("sha256")
        .update(script ?? "")
        .digest("base64")}'`,
  );
}

function escapeAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
