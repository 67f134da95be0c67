import { POLICY } from "../../../schemas/policy.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import { parseJson } from "../../platform/json.ts";
import { isRecord, type JsonRecord } from "../config/index.ts";
import type { GitHubTarget } from "./github-target.ts";
import type { WebFetch } from "./index.ts";

/** What is publicly said about an issue or a pull request, by GitHub's own names. */
export interface GitHubItem {
  readonly kind: "issue" | "pull";
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
  readonly title: string;
  readonly login: string;
  readonly state: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly [more: string]: unknown;
}

export interface GitHubRepository {
  readonly name: string;
  readonly fullName: string;
  readonly cloneUrl: string;
  readonly webUrl: string;
  readonly private: boolean;
}

/** Public GitHub, read as nobody in particular: what only an account may see is not there. */
export interface GitHub {
  item(target: GitHubTarget, signal: AbortSignal): Promise<GitHubItem>;
  /** The same as a page to be read beside a chat: text, discussion and files. */
  document(target: GitHubTarget, url: string, signal: AbortSignal): Promise<JsonRecord>;
  /** Repositories that a search finds, at most ten. */
  repositories(query: string, signal: AbortSignal): Promise<readonly GitHubRepository[]>;
  /** A picture as a `data:` address. */
  image(url: URL, signal: AbortSignal): Promise<string>;
}

const ORIGIN = "https://api.github.com";
const PER_PAGE = 100;
const REPOSITORIES_MAX = 10;

export function createGitHub(fetchWeb: WebFetch): GitHub {
  const read = async (path: string, signal: AbortSignal): Promise<unknown> => {
    const answer = await fetchWeb(new URL(path, ORIGIN), {
      bytesMax: POLICY.githubBytesMax,
      timeoutMs: POLICY.githubTimeoutMs,
      redirectsMax: POLICY.pageRedirectsMax,
      headers: { accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28" },
      signal,
    }).catch((error: unknown) => {
      throw unreachable(error);
    });
    if (answer.status === 404) throw refused("GitHub does not show this publicly.", false);
    if (answer.status === 403 || answer.status === 429) throw refused("GitHub asks to wait.", true);
    if (answer.status !== 200 || answer.isTruncated) throw unreachable(undefined);
    return parseJson(answer.body.toString("utf8"));
  };
  const readItem = async (target: GitHubTarget, signal: AbortSignal): Promise<JsonRecord> => {
    const found = await read(apiPath(target), signal);
    if (!isRecord(found)) throw unreachable(undefined);
    return found;
  };
  return {
    async item(target, signal) {
      return describe(target, await readItem(target, signal));
    },
    async repositories(query, signal) {
      const words = new URLSearchParams({ q: query, per_page: String(REPOSITORIES_MAX) });
      const found = await read(`/search/repositories?${words.toString()}`, signal);
      const items: unknown = isRecord(found) ? found["items"] : undefined;
      if (!Array.isArray(items)) throw unreachable(undefined);
      return items.slice(0, REPOSITORIES_MAX).filter(isRecord).map(toRepository);
    },
    async document(target, url, signal) {
      const item = await readItem(target, signal);
      const { owner, repo } = target;
      const comments =
        target.kind === "commit"
          ? `/repos/${owner}/${repo}/commits/${target.sha}/comments?per_page=${PER_PAGE}`
          : `/repos/${owner}/${repo}/issues/${target.number}/comments?per_page=${PER_PAGE}`;
      const files =
        target.kind === "pull"
          ? await read(`/repos/${owner}/${repo}/pulls/${target.number}/files?per_page=${PER_PAGE}`, signal)
          : item["files"];
      return documentOf(target, url, item, records(await read(comments, signal)), records(files));
    },
    async image(url, signal) {
      const answer = await fetchWeb(url, {
        bytesMax: POLICY.pageImageBytesMax,
        timeoutMs: POLICY.githubTimeoutMs,
        redirectsMax: POLICY.pageRedirectsMax,
        headers: { accept: "image/*" },
        signal,
      }).catch(() => undefined);
      const type = /^image\/(?:png|jpeg|gif|webp)/.exec(answer?.headers["content-type"] ?? "")?.[0];
      if (answer === undefined || answer.status !== 200 || answer.isTruncated || type === undefined) {
        throw new ProtocolError("UNAVAILABLE", "GitHub image is unavailable", { retryable: false });
      }
      return `data:${type};base64,${answer.body.toString("base64")}`;
    },
  };
}

function apiPath(target: GitHubTarget): string {
  const repo = `/repos/${target.owner}/${target.repo}`;
  if (target.kind === "commit") return `${repo}/commits/${target.sha}`;
  return `${repo}/${target.kind === "pull" ? "pulls" : "issues"}/${target.number}`;
}

function describe(target: GitHubTarget, item: JsonRecord): GitHubItem {
  const { owner, repo } = target;
  if (target.kind === "commit") throw refused("A commit has no state.", false);
  return {
    kind: target.kind,
    owner,
    repo,
    number: target.number,
    title: text(item["title"]),
    login: loginOf(item),
    state: text(item["state"]),
    createdAt: text(item["created_at"]),
    updatedAt: text(item["updated_at"]),
    ...known("stateReason", item["state_reason"], "string"),
    ...known("closedAt", item["closed_at"], "string"),
    ...known("mergedAt", item["merged_at"], "string"),
    ...known("draft", item["draft"], "boolean"),
    ...known("comments", item["comments"], "number"),
    ...known("additions", item["additions"], "number"),
    ...known("deletions", item["deletions"], "number"),
    ...known("changedFiles", item["changed_files"], "number"),
  };
}

function documentOf(
  target: GitHubTarget,
  url: string,
  item: JsonRecord,
  comments: readonly JsonRecord[],
  files: readonly JsonRecord[],
): JsonRecord {
  const commit = isRecord(item["commit"]) ? item["commit"] : {};
  const [subject = "", ...message] = text(commit["message"]).split("\n");
  const isCommit = target.kind === "commit";
  const author = isCommit && isRecord(item["author"]) ? text(item["author"]["login"]) : loginOf(item);
  return {
    url,
    title: isCommit ? subject : text(item["title"]),
    subtitle: `${target.owner}/${target.repo}${isCommit ? "" : ` #${target.number}`}`,
    ...(author === "" ? {} : { author, authorUrl: `https://github.com/${author}` }),
    ...known("createdAt", item["created_at"], "string"),
    ...known("updatedAt", item["updated_at"], "string"),
    body: isCommit ? message.join("\n").trim() : text(item["body"]),
    comments: comments.map((comment) => ({
      id: String(comment["id"]),
      url: text(comment["html_url"]),
      author: loginOf(comment),
      ...known("createdAt", comment["created_at"], "string"),
      body: text(comment["body"]),
    })),
    commentsTotal: typeof item["comments"] === "number" ? item["comments"] : comments.length,
    files: files.map((file) => ({
      path: text(file["filename"]),
      ...known("previousPath", file["previous_filename"], "string"),
      ...known("status", file["status"], "string"),
      additions: Number(file["additions"] ?? 0),
      deletions: Number(file["deletions"] ?? 0),
      ...known("patch", file["patch"], "string"),
    })),
    filesTotal: typeof item["changed_files"] === "number" ? item["changed_files"] : files.length,
  };
}

function loginOf(item: JsonRecord): string {
  return isRecord(item["user"]) ? text(item["user"]["login"]) : "";
}

function records(value: unknown): readonly JsonRecord[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function known(key: string, value: unknown, type: "string" | "number" | "boolean"): JsonRecord {
  return typeof value === type ? { [key]: value } : {};
}

function unreachable(cause: unknown): ProtocolError {
  return new ProtocolError("UNAVAILABLE", "Could not reach GitHub. Retry or check GitHub availability.", {
    cause,
  });
}

function refused(message: string, retryable: boolean): ProtocolError {
  return new ProtocolError("UNAVAILABLE", message, { retryable });
}

function toRepository(item: JsonRecord): GitHubRepository {
  const text = (name: string): string => (typeof item[name] === "string" ? item[name] : "");
  return {
    name: text("name"),
    fullName: text("full_name"),
    cloneUrl: text("clone_url"),
    webUrl: text("html_url"),
    private: item["private"] === true,
  };
}
