import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { testConfig } from "../../testing/config.ts";
import { type BrowserHost, type Browsers, createBrowsers } from "./index.ts";

function fakeHost(): BrowserHost {
  return {
    detect: async () => ({ kind: "chromium", executable: "/usr/bin/chromium" }),
    async launch({ executable }) {
      let isAlive = true;
      const tabs = [{ id: "a", title: "Blank", url: "about:blank" }];
      return {
        pid: 7,
        executable,
        get isAlive() {
          return isAlive;
        },
        tabs: async () => tabs,
        async open(url) {
          const tab = { id: `n${tabs.length}`, title: "", url };
          tabs.push(tab);
          return tab;
        },
        focus: async () => {},
        close: async (id) =>
          void tabs.splice(
            tabs.findIndex((tab) => tab.id === id),
            1,
          ),
        navigate: async () => {},
        screenshot: async () => Buffer.from("png"),
        stop: async () => void (isAlive = false),
      };
    },
  };
}

async function open(browser: object = {}) {
  const stateDir = await mkdtemp(path.join(tmpdir(), "understudy-browsers-"));
  const config = await testConfig(stateDir, { browser });
  const browsers = createBrowsers({
    config,
    port: () => 1_000,
    host: async () => fakeHost(),
    hasDisplay: false,
  });
  const ask = (method: string, path: string, body = {}, query = {}) =>
    browsers.request({ method, path, body, query });
  const leave = async (): Promise<void> => {
    config.close();
    await rm(stateDir, { recursive: true });
  };
  return { browsers, ask, [Symbol.asyncDispose]: leave };
}

const refused = (asked: ReturnType<Browsers["request"]>): Promise<unknown> =>
  asked.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : error),
  );

test("[BR1] a browser that does not run is described by what it would be", async () => {
  await using place = await open();
  expect(await place.ask("GET", "/")).toMatchObject({
    profile: "openclaw",
    running: false,
    cdpPort: 1_011,
    detectedBrowser: "chromium",
    headless: true,
    headlessSource: "linux-display-fallback",
  });
  const { profiles } = await place.ask("GET", "profiles");
  expect(profiles).toMatchObject([
    { name: "openclaw", isDefault: true },
    { name: "user" },
    { name: "chrome" },
  ]);
  expect(await place.ask("GET", "/tabs")).toEqual({ running: false, tabs: [] });
  expect(await place.ask("POST", "/stop")).toEqual({ ok: true, stopped: false, profile: "openclaw" });
});

test("[BR2] pages are opened, listed, pictured and closed in a browser that is started for them", async () => {
  await using place = await open();
  await place.ask("POST", "/tabs/open", { url: "https://example.com/" });
  expect(await place.ask("GET", "/tabs")).toMatchObject({
    running: true,
    tabs: [{ tabId: "t1" }, { tabId: "t2", url: "https://example.com/" }],
  });
  expect(await place.ask("POST", "/screenshot", { targetId: "t2" })).toMatchObject({ mimeType: "image/png" });
  expect(await place.ask("DELETE", "/tabs/t2")).toEqual({ ok: true });
  expect(await place.ask("POST", "/stop")).toMatchObject({ stopped: true });
  await place.browsers.close();
});

test("[BR3] what is missing or not allowed is said", async () => {
  await using place = await open();
  expect(await refused(place.ask("GET", "/nope"))).toBe("Not Found");
  expect(await refused(place.ask("DELETE", "/tabs/x"))).toBe("browser not running");
  expect(await refused(place.ask("POST", "/tabs/focus"))).toBe("targetId is required");
  expect(await refused(place.ask("POST", "/navigate"))).toBe("url is required");
  expect(await refused(place.ask("POST", "/navigate", { url: "http://127.0.0.1/" }))).toContain("blocked");
  expect(await refused(place.ask("DELETE", "/profiles/openclaw"))).toContain("cannot delete the default");
  expect(await refused(place.ask("GET", "/", {}, { profile: "zz" }))).toBe(
    'Profile "zz" not found. Available profiles: openclaw, user, chrome',
  );
});
