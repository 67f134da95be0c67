import { POLICY } from "../../../schemas/policy.ts";
import type { WebFetch } from "./index.ts";

/** What a link shows before it is followed. A page that cannot be read shows nothing, which is no error. */
export interface PagePreview {
  readonly title?: string;
  readonly description?: string;
}

export interface Pages {
  preview(url: URL, signal: AbortSignal): Promise<PagePreview>;
}

const TITLE_CHARS_MAX = 180;
const DESCRIPTION_CHARS_MAX = 400;

export function createPages(fetchPage: WebFetch): Pages {
  return {
    async preview(url, signal) {
      try {
        const { status, headers, body } = await fetchPage(url, {
          bytesMax: POLICY.pageBytesMax,
          timeoutMs: POLICY.pageTimeoutMs,
          redirectsMax: POLICY.pageRedirectsMax,
          headers: { accept: "text/html" },
          signal,
        });
        const isPage = status === 200 && /^text\/html\b/i.test(headers["content-type"] ?? "");
        return isPage ? describePage(body.toString("utf8")) : {};
      } catch {
        return {};
      }
    },
  };
}

/** The words that a page gives for such a card, or else its own title. */
export function describePage(html: string): PagePreview {
  const meta = new Map<string, string>();
  for (const [tag] of html.matchAll(/<meta\b[^>]*>/gi)) {
    const name = attribute(tag, "property") ?? attribute(tag, "name");
    const content = attribute(tag, "content");
    if (name !== undefined && content !== undefined) meta.set(name.toLowerCase(), content);
  }
  const own = /<title\b[^>]*>([^<]*)<\/title>/i.exec(html)?.[1];
  const title = tidy(meta.get("og:title") ?? meta.get("twitter:title") ?? own, TITLE_CHARS_MAX);
  const description = tidy(
    meta.get("og:description") ?? meta.get("twitter:description") ?? meta.get("description"),
    DESCRIPTION_CHARS_MAX,
  );
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
  };
}

function attribute(tag: string, name: string): string | undefined {
  const match = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "i").exec(tag);
  return match?.[1] ?? match?.[2];
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#39": "'",
  nbsp: " ",
};

function tidy(text: string | undefined, charsMax: number): string | undefined {
  const plain = text
    ?.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .replace(/\s+/g, " ")
    .trim();
  return plain === undefined || plain === "" ? undefined : plain.slice(0, charsMax);
}
