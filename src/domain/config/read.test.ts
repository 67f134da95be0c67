import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { withStateVariables } from "./environment.ts";
import { readSnapshot } from "./read.ts";
import type { Snapshot } from "./snapshot.ts";

interface Folder extends AsyncDisposable {
  readonly path: string;
  read(env?: Record<string, string>, roots?: readonly string[]): Promise<Snapshot>;
}

/** A folder with these files; `openclaw.json` is the one that is read. */
async function folderOf(files: Record<string, string>): Promise<Folder> {
  const folder = await mkdtemp(path.join(tmpdir(), "understudy-config-"));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  const file = path.join(folder, "openclaw.json");
  return {
    path: folder,
    read: (env = {}, includeRoots = []) => readSnapshot({ path: file, env, includeRoots }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

test("[CF3] JSON5 is read: comments, bare keys, single quotes, trailing commas", async () => {
  await using folder = await folderOf({
    "openclaw.json": "// note\n{ gateway: { port: 0x4965, mode: 'local', }, }",
  });
  expect(await folder.read()).toMatchObject({
    issues: [],
    source: { gateway: { port: 18_789, mode: "local" } },
  });
});

test("[CF3] a missing file is no fault, and an unreadable text is told with its place", async () => {
  await using empty = await folderOf({});
  expect(await empty.read()).toMatchObject({ exists: false, issues: [], source: {} });
  await using broken = await folderOf({ "openclaw.json": "{gateway:" });
  expect((await broken.read()).issues).toEqual([
    { path: "", message: "JSON5 parse failed: SyntaxError: JSON5: invalid end of input at 1:10" },
  ]);
});

test("[CF4] an include replaces its object, siblings are merged over it, lists follow one another", async () => {
  await using folder = await folderOf({
    "openclaw.json": "{ agents: { $include: './agents.json5', defaults: { skills: ['b'] } } }",
    "agents.json5":
      "{ defaults: { model: 'x/y', skills: ['a'] }, entries: { $include: './sub/entries.json5' } }",
    "sub/entries.json5": "{ main: { $include: './main.json5' } }",
    "sub/main.json5": "{ name: 'Main' }",
  });
  const snapshot = await folder.read();
  expect(snapshot.issues).toEqual([]);
  expect(snapshot.source).toEqual({
    agents: { defaults: { model: "x/y", skills: ["a", "b"] }, entries: { main: { name: "Main" } } },
  });
  const under = (name: string) => path.join(folder.path, name);
  expect(snapshot.includedPaths).toEqual([
    under("agents.json5"),
    under("sub/entries.json5"),
    under("sub/main.json5"),
  ]);
  expect(
    snapshot.origins.map(({ path: keys, hasSiblingOverrides }) => [keys.join("."), hasSiblingOverrides]),
  ).toEqual([
    ["agents.entries.main", false],
    ["agents.entries", false],
    ["agents", true],
  ]);
});

test("[CF4] a list of includes is merged in order", async () => {
  await using folder = await folderOf({
    "openclaw.json": "{ session: { $include: ['./a.json5', './b.json5'] } }",
    "a.json5": "{ scope: 'global', mainKey: 'a' }",
    "b.json5": "{ mainKey: 'b' }",
  });
  expect((await folder.read()).source).toEqual({ session: { scope: "global", mainKey: "b" } });
});

test.for<[name: string, files: Record<string, string>, message: string]>([
  [
    "a missing file",
    { "openclaw.json": "{a:{$include:'./no.json5'}}" },
    "Failed to read include file: ./no.json5 (resolved: <dir>/no.json5)",
  ],
  [
    "a broken file",
    { "openclaw.json": "{a:{$include:'./p.json5'}}", "p.json5": "{a:" },
    "Failed to parse include file: ./p.json5 (resolved: <dir>/p.json5)",
  ],
  [
    "a number",
    { "openclaw.json": "{a:{$include:5}}" },
    "Invalid $include value: expected string or array of strings, got number",
  ],
  [
    "a number in a list",
    { "openclaw.json": "{a:{$include:['./p.json5',5]}}", "p.json5": "{}" },
    "Invalid $include array item: expected string, got number",
  ],
  [
    "siblings of a list",
    { "openclaw.json": "{a:{$include:'./p.json5',b:1}}", "p.json5": "[1]" },
    "Sibling keys require included content to be an object",
  ],
  [
    "a way out",
    { "openclaw.json": "{a:{$include:'../x.json5'}}" },
    "Include path escapes config directory: ../x.json5 (root: <dir>)",
  ],
  [
    "a circle",
    {
      "openclaw.json": "{a:{$include:'./a.json5'}}",
      "a.json5": "{$include:'./b.json5'}",
      "b.json5": "{$include:'./a.json5'}",
    },
    "Circular include detected: <dir>/openclaw.json -> <dir>/a.json5 -> <dir>/b.json5 -> <dir>/a.json5",
  ],
])("[CF4] refused: %s", async ([, files, message]) => {
  await using folder = await folderOf(files);
  const [issue] = (await folder.read()).issues;
  expect(issue?.message.replaceAll(folder.path, "<dir>")).toBe(message);
});

test("[CF4] ten includes deep, and no deeper", async () => {
  const chain = (length: number): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length }, (_, index) => [
        `${index + 1}.json5`,
        index + 1 === length ? "{ mainKey: 'deep' }" : `{ $include: './${index + 2}.json5' }`,
      ]),
    );
  const root = { "openclaw.json": "{ session: { $include: './1.json5' } }" };
  await using ten = await folderOf({ ...root, ...chain(10) });
  expect((await ten.read()).source).toEqual({ session: { mainKey: "deep" } });
  await using eleven = await folderOf({ ...root, ...chain(11) });
  expect((await eleven.read()).issues).toEqual([
    { path: "", message: "Maximum include depth (10) exceeded at: ./11.json5" },
  ]);
});

test("[CF4] a link that leads out of the folder is refused, unless its target is an allowed root", async () => {
  await using outside = await folderOf({ "x.json5": "{ mainKey: 'out' }" });
  await using folder = await folderOf({ "openclaw.json": "{ session: { $include: './link.json5' } }" });
  await symlink(path.join(outside.path, "x.json5"), path.join(folder.path, "link.json5"));
  expect((await folder.read()).issues[0]?.message).toMatch(
    /^Include path escapes config directory: .\/link.json5/,
  );
  expect((await folder.read({}, [outside.path])).source).toEqual({ session: { mainKey: "out" } });
});

test("[CF4] keys that reach a prototype are not merged", async () => {
  await using folder = await folderOf({
    "openclaw.json": "{ session: { $include: ['./a.json5', './b.json5'] } }",
    "a.json5": "{ mainKey: 'a' }",
    "b.json5": '{ "__proto__": { "polluted": true } }',
  });
  await folder.read();
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  expect("polluted" in {}).toBe(false);
});

test("[CF5] variables are replaced, escaped ones and missing ones stay, and a missing one is told", async () => {
  await using folder = await folderOf({
    "openclaw.json":
      "{ messages: { responsePrefix: '${NAME} ${NOPE} $${NAME} ${lower}' }, env: { vars: { NAME: 'config' } } }",
  });
  const fromConfig = await folder.read();
  expect(fromConfig.source).toMatchObject({
    messages: { responsePrefix: "config ${NOPE} ${NAME} ${lower}" },
  });
  expect(fromConfig.warnings).toEqual([
    {
      path: "messages.responsePrefix",
      message: 'missing env var "NOPE" - feature using this value will be unavailable',
    },
  ]);
  // The environment beats `env.vars`.
  expect((await folder.read({ NAME: "outer" })).source).toMatchObject({
    messages: { responsePrefix: "outer ${NOPE} ${NAME} ${lower}" },
  });
});

test("[CF6] the roster of older files is moved, and values that were taken back are read", async () => {
  await using folder = await folderOf({
    "openclaw.json":
      "{ agents: { list: [{ id: 'main', name: 'M' }] }, gateway: { reload: { mode: 'hot' } } }",
  });
  const snapshot = await folder.read();
  expect(snapshot.source).toEqual({
    agents: { entries: { main: { name: "M" } } },
    gateway: { reload: { mode: "hybrid" } },
  });
  expect(snapshot.warnings[0]).toEqual({
    path: "agents.entries",
    message: "Moved agents.list to keyed agents.entries.",
  });
});

test("[CF5] the .env of the state folder adds what is not set, and nothing in it is expanded", async () => {
  await using folder = await folderOf({
    ".env": "# note\nONE=1\nexport TWO=\"two words\"\nTHREE='3' \nFOUR=${ONE} # tail\nnot a line\n",
  });
  expect(await withStateVariables({ ONE: "set", TWO: "" }, folder.path)).toEqual({
    ONE: "set",
    TWO: "two words",
    THREE: "3",
    FOUR: "${ONE}",
  });
  expect(await withStateVariables({ ONE: "set" }, "/nonexistent")).toEqual({ ONE: "set" });
});
