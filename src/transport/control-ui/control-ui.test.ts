import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { type ControlUi, type ControlUiOptions, createControlUi, type WebRequest } from "./index.ts";
import { renderPage } from "./page.ts";

const BUILD = `1.2.3-release-${"a".repeat(64)}`;
const SCRIPT = "globalThis.early = true;";
const INDEX = `<!doctype html>
<html data-openclaw-control-ui-build-id="${BUILD}" lang="en">
<link rel="icon" href="./favicon.svg" /><script>${SCRIPT}</script>
<script type="module" src="./assets/index-abc.js"></script></html>`;

/** A folder that looks like an installed Control UI, with a secret beside it. */
async function bundle() {
  const folder = await mkdtemp(join(tmpdir(), "control-ui-"));
  const root = join(folder, "ui");
  await mkdir(join(root, "assets"), { recursive: true });
  await writeFile(join(root, "index.html"), INDEX);
  await writeFile(join(root, "sw.js"), "// worker");
  await writeFile(join(root, ".env"), "hidden");
  await writeFile(join(root, "assets", "index-abc.js"), "plain");
  await writeFile(join(root, "assets", "index-abc.js.gz"), "packed");
  await writeFile(join(folder, "secret.txt"), "secret");
  await symlink(join(folder, "secret.txt"), join(root, "leak.txt"));
  return { root, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

function controlUi(root: string | undefined, overrides: Partial<ControlUiOptions> = {}): ControlUi {
  return createControlUi({
    basePath: "",
    isTerminalEnabled: false,
    search: { path: "", besides: [], ...(root === undefined ? {} : { configured: root }) },
    isAuthorized: async (request) => request.headers.authorization === "Bearer good",
    bootConfig: () => ({ assistantName: "Ada" }),
    media: { files: { read: async () => undefined }, clock: { now: () => 0 }, key: "k", ticketMs: 1000 },
    state: () => ({ version: "9.9.9", connections: 3, uptimeMs: 0 }),
    ...overrides,
  });
}

function get(path: string, headers: WebRequest["headers"] = {}): WebRequest {
  return { method: "GET", path, headers };
}

test.for([
  "/",
  "/chat/main",
  "/settings/model-providers",
  "/index.html",
  "/foo.bar",
])("[HT20] %s is a route and answers the page", async (path) => {
  await using ui = await bundle();
  const answer = await controlUi(ui.root).handle(get(path));
  expect(answer).toMatchObject({ status: 200, headers: { "Content-Type": "text/html; charset=utf-8" } });
  expect(answer?.body).toContain('data-openclaw-control-ui-base-path=""');
});

test.for([
  ["/assets/none.js", {}],
  ["/none.map", {}],
  ["/%2e%2e%2fsecret.txt", {}],
  ["/%00", {}],
  ["/settings/x", { accept: "application/json" }],
] as const)("[HT21] %s is no route and answers 404", async ([path, headers]) => {
  await using ui = await bundle();
  expect(await controlUi(ui.root).handle(get(path, headers))).toMatchObject({
    status: 404,
    body: "Not Found",
  });
});

test.for([
  "/api/none",
  "/api",
  "/plugins/none",
])("[HT21] %s is no business of the web surface", async (path) => {
  await using ui = await bundle();
  expect(await controlUi(ui.root).handle(get(path))).toBeUndefined();
});

test("[HT21] pictures of persons are for those with the secret, and take no other method", async () => {
  await using ui = await bundle();
  const surface = controlUi(ui.root);
  const path = "/api/users/x/avatar";
  expect(await surface.handle(get(path))).toMatchObject({ status: 401 });
  expect(await surface.handle({ ...get(path), method: "POST" })).toMatchObject({ status: 405 });
});

test.for([
  "/leak.txt",
  "/.env",
  "/../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%5csecret.txt",
  "/assets/%00.js",
])("[HT22] %s never leaves the bundle", async (path) => {
  await using ui = await bundle();
  const answer = await controlUi(ui.root).handle(get(path));
  expect(String(answer?.body)).not.toMatch(/secret|hidden/);
});

test("[HT23] hashed assets are kept for good, packed ones are preferred, the rest is revalidated", async () => {
  await using ui = await bundle();
  const served = controlUi(ui.root);
  const packed = await served.handle(get("/assets/index-abc.js", { "accept-encoding": "br, gzip" }));
  expect(packed?.headers).toMatchObject({
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Encoding": "gzip",
  });
  expect(String(packed?.body)).toBe("packed");
  const refused = await served.handle(get("/assets/index-abc.js", { "accept-encoding": "gzip;q=0" }));
  expect(String(refused?.body)).toBe("plain");
  const worker = await served.handle(get("/sw.js"));
  expect(worker?.headers["Cache-Control"]).toBe("no-cache");
  const again = await served.handle(get("/sw.js", { "if-modified-since": worker?.headers["Last-Modified"] }));
  expect(again).toMatchObject({ status: 304, body: "" });
});

test("[HT24] the policy allows exactly the inline scripts of the page as served", async () => {
  await using ui = await bundle();
  const answer = await controlUi(ui.root).handle(get("/", { host: "localhost:1", "accept-encoding": "br" }));
  const policy = answer?.headers["Content-Security-Policy"] ?? "";
  const hash = createHash("sha256").update(SCRIPT).digest("base64");
  expect(policy).toContain(`script-src 'self' 'sha256-${hash}' 'wasm-unsafe-eval';`);
  expect(policy).toContain("http://localhost:*");
  expect(brotliDecompressSync(Buffer.from(answer?.body ?? "")).toString()).toContain(SCRIPT);
});

test("[HT25] a Host header cannot add to the policy", async () => {
  await using ui = await bundle();
  const answer = await controlUi(ui.root).handle(get("/", { host: "x; script-src *" }));
  expect(answer?.headers["Content-Security-Policy"]).not.toContain("script-src *");
});

test("[HT26] the boot configuration needs the secret and names the build that is served", async () => {
  await using ui = await bundle();
  const served = controlUi(ui.root);
  expect(await served.handle(get("/control-ui-config.json"))).toMatchObject({ status: 401 });
  const answer = await served.handle(get("/control-ui-config.json", { authorization: "Bearer good" }));
  expect(JSON.parse(String(answer?.body))).toEqual({
    basePath: "",
    assistantName: "Ada",
    serverBuildId: "1.2.3-release",
  });
});

test("[HT27] below a base path, and nowhere else", async () => {
  await using ui = await bundle();
  const served = controlUi(ui.root, { basePath: "/claw" });
  expect(await served.handle(get("/claw"))).toMatchObject({ status: 302, headers: { Location: "/claw/" } });
  expect(await served.handle(get("/chat"))).toBeUndefined();
  expect(String((await served.handle(get("/claw/assets/index-abc.js")))?.body)).toBe("plain");
  expect((await served.handle(get("/claw/chat")))?.body).toContain(`src="/claw/assets/index-abc.js"`);
});

test("[HT28] without an installed Control UI, our own page says how to get one", async () => {
  const answer = await controlUi(undefined).handle(get("/"));
  expect(answer?.body).toContain("gateway.controlUi.root");
  expect(answer?.body).toContain("<dd>3</dd>");
});

test("links outside assets carry the build, so that an upgrade is seen", () => {
  const { html } = renderPage(INDEX, { basePath: "/b", isTerminalEnabled: true });
  expect(html).toContain(`href="/b/favicon.svg?v=${BUILD}"`);
  expect(html).toContain('data-openclaw-terminal-enabled="true"');
});

test("[HT29] a plugin's picture is for those with the secret, and no path leads out of its folder", async () => {
  await using ui = await bundle();
  const assets = join(ui.root, "..", "extensions", "telegram", "assets");
  await mkdir(assets, { recursive: true });
  await writeFile(join(assets, "icon.png"), "picture");
  const surface = controlUi(ui.root);
  const headers = { authorization: "Bearer good" };
  const path = "/__openclaw__/plugin-icon/telegram";

  const icon = await surface.handle(get(path, headers));
  const again = await surface.handle(get(path, { ...headers, "if-none-match": icon?.headers["ETag"] }));

  expect((await surface.handle(get(path)))?.status).toBe(401);
  expect(icon).toMatchObject({ status: 200, headers: { "Content-Type": "image/png" } });
  expect(icon?.body.toString()).toBe("picture");
  expect(again).toMatchObject({ status: 304, body: "" });
  for (const id of ["nope", "telegram/../../../secret.txt", "..%2f..%2fsecret.txt", "%00"]) {
    expect((await surface.handle(get(`/__openclaw__/plugin-icon/${id}`, headers)))?.status).toBe(404);
  }
});
