import { isRecord } from "../config/index.ts";

export type GitHubTarget =
  | {
      readonly kind: "issue" | "pull";
      readonly owner: string;
      readonly repo: string;
      readonly number: number;
    }
  | { readonly kind: "commit"; readonly owner: string; readonly repo: string; readonly sha: string };

const OWNER = /^[a-z\d](?:[a-z\d-]{0,37}[a-z\d])?$/i;
const REPO = /^(?!\.{1,2}$)(?!.*\.git$)[\w.-]{1,100}$/i;
const SHA = /^[\da-f]{7,40}$/i;
const KINDS: Readonly<Record<string, "issue" | "pull">> = { issues: "issue", pull: "pull" };

/** The issue, pull request or commit behind an address of github.com. */
export function linkTarget(text: unknown): GitHubTarget | undefined {
  const url = typeof text === "string" ? URL.parse(text.trim()) : null;
  if (url?.origin !== "https://github.com" || url.username !== "" || url.password !== "") return undefined;
  const [owner = "", repo = "", place = "", name = "", view, ...more] = url.pathname.slice(1).split("/");
  if (!OWNER.test(owner) || !REPO.test(repo)) return undefined;
  const isTail = more.length === 0 && (view === undefined || view === "" || place === "pull");
  if (!isTail) return undefined;
  if (place === "commit") return SHA.test(name) ? { kind: "commit", owner, repo, sha: name } : undefined;
  const kind = KINDS[place];
  const number = /^[1-9]\d*$/.test(name) ? Number(name) : 0;
  return kind !== undefined && isNumber(number) ? { kind, owner, repo, number } : undefined;
}

/** The same, from its parts. */
export function partsTarget(params: unknown): GitHubTarget | undefined {
  if (!isRecord(params)) return undefined;
  const { kind, owner, repo, number, sha } = params;
  if (typeof owner !== "string" || typeof repo !== "string") return undefined;
  if (!OWNER.test(owner) || !REPO.test(repo)) return undefined;
  if (kind === "commit") {
    return typeof sha === "string" && SHA.test(sha) ? { kind, owner, repo, sha } : undefined;
  }
  return (kind === "issue" || kind === "pull") && isNumber(number)
    ? { kind, owner, repo, number }
    : undefined;
}

/** Where pictures of issues and comments live. */
export function imageTarget(text: unknown): URL | undefined {
  const url = typeof text === "string" ? URL.parse(text) : null;
  if (url === null || url.protocol !== "https:" || url.port !== "" || url.username !== "") return undefined;
  if (/^(?:private-)?user-images\.githubusercontent\.com$/.test(url.hostname)) return url;
  const isUpload = /^\/user-attachments\/assets\/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(
    url.pathname,
  );
  return url.hostname === "github.com" && isUpload ? url : undefined;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0;
}
