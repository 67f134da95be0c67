import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { systemClock } from "../../platform/clock.ts";
import { systemIds } from "../../platform/ids.ts";
import { type Log, silentLog } from "../../platform/log.ts";
import { changedLeaves, changedPaths, reloadKind } from "./changes.ts";
import type { ConfigChange } from "./index.ts";
import { InvalidConfigError, type OpenedConfig, openConfig } from "./open.ts";

interface Opened extends AsyncDisposable {
  readonly config: OpenedConfig;
  readonly folder: string;
  readonly file: string;
  readonly said: string[];
  /** Resolves with the next change that comes into force. */
  next(): Promise<ConfigChange>;
}

async function opened(text: string, more: Record<string, string> = {}): Promise<Opened> {
  const folder = await mkdtemp(path.join(tmpdir(), "understudy-open-"));
  const file = path.join(folder, "openclaw.json");
  await writeFile(file, text);
  for (const [name, content] of Object.entries(more)) await writeFile(path.join(folder, name), content);
  const said: string[] = [];
  const say = (message: unknown) => void said.push(String(message));
  const log: Log = { ...silentLog, info: say, warn: say };
  const env = { HOME: folder, OPENCLAW_STATE_DIR: folder };
  const config = await openConfig({ env, clock: systemClock, ids: systemIds, log });
  return {
    config,
    folder,
    file,
    said,
    next: () => new Promise((resolve) => config.onChange((_next, _previous, change) => resolve(change))),
    async [Symbol.asyncDispose]() {
      config.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

test("[CF12] a file that is wrong from the start opens nothing", async () => {
  await expect(opened("{ gateway: { prot: 1 } }")).rejects.toThrow(InvalidConfigError);
});

test("[CF12] a reload that is wrong keeps the last good one, and says so once", async () => {
  await using rig = await opened("{ session: { mainKey: 'one' } }");
  await writeFile(rig.file, "{ session: { mainKey: 'two' }, foo: 1 }");
  expect(await rig.config.reload()).toBeUndefined();
  expect(await rig.config.reload()).toBeUndefined();
  expect(rig.config.current().session.mainKey).toBe("one");
  expect(rig.said).toEqual(['config reload skipped (invalid config): <root>: Unrecognized key: "foo"']);
  await writeFile(rig.file, "{ session: { mainKey: 'two' } }");
  expect(await rig.config.reload()).toMatchObject({ changedPaths: ["session.mainKey"], restartPaths: [] });
  expect(rig.config.current().session.mainKey).toBe("two");
});

test("[CF12] a file that is gone is no configuration", async () => {
  await using rig = await opened("{ session: { mainKey: 'one' } }");
  await rm(rig.file);
  expect(await rig.config.reload()).toBeUndefined();
  expect(rig.config.current().session.mainKey).toBe("one");
});

test("[CF12] what is written, or put in its place, while it is watched comes into force", async () => {
  await using rig = await opened("{ session: { mainKey: 'one' } }");
  await rig.config.watch();
  const written = rig.next();
  await writeFile(rig.file, "{ session: { mainKey: 'two' } }");
  await written;
  expect(rig.config.current().session.mainKey).toBe("two");
  const replaced = rig.next();
  await writeFile(`${rig.file}.new`, "{ session: { mainKey: 'three' } }");
  await rename(`${rig.file}.new`, rig.file);
  await replaced;
  expect(rig.config.current().session.mainKey).toBe("three");
});

test("[CF12] an included file is watched as well", async () => {
  await using rig = await opened("{ session: { $include: './s.json5' } }", {
    "s.json5": "{ mainKey: 'one' }",
  });
  await rig.config.watch();
  const changed = rig.next();
  await writeFile(path.join(rig.folder, "s.json5"), "{ mainKey: 'two' }");
  expect(await changed).toMatchObject({ changedPaths: ["session.mainKey"] });
});

test("[CF12] what only a restart brings into force is told apart", async () => {
  await using rig = await opened("{ gateway: { mode: 'local', port: 1000 } }");
  await writeFile(
    rig.file,
    "{ gateway: { mode: 'local', port: 1001, trustedProxies: ['10.0.0.1'] }, ui: { seamColor: 'ff0000' } }",
  );
  expect(await rig.config.reload()).toEqual({
    changedPaths: ["gateway.port", "gateway.trustedProxies", "ui"],
    hotPaths: ["gateway.trustedProxies"],
    restartPaths: ["gateway.port"],
  });
  expect(rig.said).toContain("config change requires gateway restart (gateway.port)");
});

test("[CF12] with reload off the file is checked and nothing is applied", async () => {
  await using rig = await opened("{ gateway: { reload: { mode: 'off' } } }");
  await writeFile(rig.file, "{ gateway: { reload: { mode: 'off' } }, session: { mainKey: 'two' } }");
  expect(await rig.config.reload()).toBeUndefined();
  expect(rig.config.current().session.mainKey).toBe("main");
});

test("[CF12] paths of a difference: objects are looked into, lists are not", () => {
  const before = { a: { b: 1, c: [1] }, gone: { x: 1 } };
  const after = { a: { b: 2, c: [1, 2] }, come: { y: { z: 1 } } };
  expect(changedPaths(before, after)).toEqual(["a.b", "a.c", "gone", "come"]);
  expect(changedLeaves(before, after)).toEqual(["a.b", "a.c", "gone.x", "come.y.z"]);
  expect(changedPaths(before, structuredClone(before))).toEqual([]);
});

test("[CF12] the longest known prefix decides what a change asks for", () => {
  const table = { agents: "none", "agents.defaults": "hot" } as const;
  expect(reloadKind("agents.defaults.model.primary", table)).toBe("hot");
  expect(reloadKind("agents.other", table)).toBe("none");
  expect(reloadKind("gateway.port", table)).toBe("restart");
});
