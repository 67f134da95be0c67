import { expect, test } from "vitest";
import type { WebAnswer, WebFetch } from "./index.ts";
import {
  createGitHub,
  createPages,
  imageTarget,
  isPublicAddress,
  linkTarget,
  partsTarget,
  publicUrl,
} from "./index.ts";

const never = new AbortController().signal;

function serving(
  answers: Readonly<Record<string, Partial<WebAnswer> & { readonly text?: string }>>,
): WebFetch {
  return async (url) => {
    const answer = answers[url.pathname];
    if (answer === undefined) throw new Error("no such host");
    const { text = "", ...rest } = answer;
    return { url, status: 200, headers: {}, body: Buffer.from(text), isTruncated: false, ...rest };
  };
}

test.for([
  ["https://github.com/a/b/issues/1", { kind: "issue", owner: "a", repo: "b", number: 1 }],
  [" https://GitHub.com/a/b/pull/2?x=1#z", { kind: "pull", owner: "a", repo: "b", number: 2 }],
  ["https://github.com/a/b/pull/2/files", { kind: "pull", owner: "a", repo: "b", number: 2 }],
  ["https://github.com/a/b/commit/abcdef1", { kind: "commit", owner: "a", repo: "b", sha: "abcdef1" }],
  ["https://github.com/a/b/commit/abc", undefined],
  ["https://github.com/a/b/pull/01", undefined],
  ["https://github.com/a_b/c/issues/1", undefined],
  ["https://github.com/a/b.git/issues/1", undefined],
  ["http://github.com/a/b/issues/1", undefined],
  ["https://u@github.com/a/b/issues/1", undefined],
] as const)("[LK1] %s leads to what it names", ([url, target]) => {
  expect(linkTarget(url)).toEqual(target);
  if (target !== undefined) expect(partsTarget(target)).toEqual(target);
});

test("[LK2] pictures come from where GitHub keeps those of issues, and from nowhere else", () => {
  expect(imageTarget("https://user-images.githubusercontent.com/1/a.png")?.pathname).toBe("/1/a.png");
  expect(imageTarget("https://avatars.githubusercontent.com/u/1")).toBeUndefined();
  expect(imageTarget("https://example.com/1/a.png")).toBeUndefined();
});

test.for([
  ["https://example.com/a", true],
  ["http://example.com:8080/", true],
  ["https://127.0.0.1/", false],
  ["https://8.8.8.8/", false],
  ["https://[::1]/", false],
  ["https://localhost/", false],
  ["https://printer.local/", false],
  ["https://user:secret@example.com/", false],
  ["ftp://example.com/", false],
  ["nonsense", false],
] as const)("[LK3] %s may be looked at: %s", ([url, isAllowed]) => {
  expect(publicUrl(url) !== undefined).toBe(isAllowed);
});

test.for([
  ["93.184.216.34", true],
  ["10.1.2.3", false],
  ["169.254.169.254", false],
  ["100.64.0.1", false],
  ["::1", false],
  ["::ffff:127.0.0.1", false],
  ["fd00::1", false],
  ["2606:2800:220:1:248:1893:25c8:1946", true],
] as const)("[LK3] the address %s is public: %s", ([address, isPublic]) => {
  expect(isPublicAddress(address)).toBe(isPublic);
});

test("[LK4] a page is shown by the words it gives for that, and one that cannot be read shows nothing", async () => {
  const html =
    '<title>Own</title><meta property="og:title" content="A &amp;\n B"><meta name="description" content="D">';
  const pages = createPages(
    serving({ "/page": { headers: { "content-type": "text/html; charset=utf-8" }, text: html } }),
  );
  expect(await pages.preview(new URL("https://example.com/page"), never)).toEqual({
    title: "A & B",
    description: "D",
  });
  expect(await pages.preview(new URL("https://example.com/gone"), never)).toEqual({});
});

test("[LK1] an issue is told by GitHub's own names", async () => {
  const issue = {
    title: "T",
    user: { login: "l" },
    state: "open",
    created_at: "c",
    updated_at: "u",
    comments: 2,
  };
  const github = createGitHub(serving({ "/repos/a/b/issues/1": { text: JSON.stringify(issue) } }));
  const target = { kind: "issue", owner: "a", repo: "b", number: 1 } as const;
  expect(await github.item(target, never)).toEqual({
    ...target,
    title: "T",
    login: "l",
    state: "open",
    createdAt: "c",
    updatedAt: "u",
    comments: 2,
  });
  await expect(github.item({ ...target, number: 2 }, never)).rejects.toMatchObject({
    code: "UNAVAILABLE",
    message: "Could not reach GitHub. Retry or check GitHub availability.",
    retryable: true,
  });
});
