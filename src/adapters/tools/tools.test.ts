import { mkdir, mkdtempDisposable, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import type { Permit } from "../../domain/approvals/index.ts";
import type { Tool, ToolContext } from "../../domain/runs/index.ts";
import { checkArguments } from "../../domain/runs/tool-arguments.ts";
import { systemClock } from "../../platform/clock.ts";
import { applyPatchTool } from "./apply-patch/index.ts";
import { applyHunks, parsePatch } from "./apply-patch/patch.ts";
import { applyEdits, editTool } from "./edit/index.ts";
import { describeCommand } from "./exec/describe.ts";
import { createProcesses, execTool, processTool } from "./exec/index.ts";
import { processName } from "./exec/names.ts";
import { lsTool } from "./ls/index.ts";
import { isAllowed } from "./policy.ts";
import { excerpt } from "./read/excerpt.ts";
import { readTool } from "./read/index.ts";
import { viewImageTool } from "./view-image/index.ts";
import { writeTool } from "./write/index.ts";

const permit: Permit = async ({ command }) => ({ run: command });

async function workspace() {
  const folder = await mkdtempDisposable(path.join(tmpdir(), "understudy-tools-"));
  const root = path.join(folder.path, "workspace");
  await mkdir(root);
  await writeFile(path.join(folder.path, "secret.txt"), "secret");
  const context: ToolContext = {
    agentId: "main",
    sessionKey: "agent:main:main",
    runId: "r",
    callId: "c",
    workspace: root,
    signal: new AbortController().signal,
    outputCharsMax: 1_000,
    onOutput: () => {},
  };
  return {
    root,
    context,
    run: (tool: Tool, args: unknown, more: Partial<ToolContext> = {}) =>
      tool.run(args, { ...context, ...more }),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

const HOSTILE = [
  "../secret.txt",
  "a/../../secret.txt",
  "link/secret.txt",
  "/etc/passwd",
  "@../secret.txt",
  "a\0b",
];

test.for(HOSTILE)("[RN20] no file tool leaves the workspace by %j", async (file) => {
  await using place = await workspace();
  await symlink(path.dirname(place.root), path.join(place.root, "link"));
  const patch = `*** Begin Patch\n*** Add File: ${file}\n+x\n*** End Patch`;

  const results = await Promise.all([
    place.run(readTool(), { path: file }),
    place.run(writeTool(), { path: file, content: "x" }),
    place.run(editTool(), { path: file, edits: [{ oldText: "secret", newText: "x" }] }),
    place.run(lsTool(), { path: path.dirname(file) === "." ? file : path.dirname(file) }),
    place.run(applyPatchTool(), { input: patch }),
  ]);

  expect(results.filter((result) => !result.isError && !/^(\(empty|link)/.test(result.text))).toEqual([]);
  expect(await readFile(path.join(place.root, "..", "secret.txt"), "utf8")).toBe("secret");
});

test.for([
  null,
  "text",
  5,
  [],
  { path: 5 },
  { path: "x", content: {} },
  { edits: "no" },
  { input: 1 },
  { command: [] },
])("[RN21] arguments that make no sense are an error the model can read: %j", async (args) => {
  await using place = await workspace();
  const processes = createProcesses(systemClock, () => "p");
  const tools = [
    readTool(),
    writeTool(),
    editTool(),
    applyPatchTool(),
    execTool({ processes, clock: systemClock, permit }),
  ];

  for (const tool of tools) {
    expect(await place.run(tool, args)).toMatchObject({
      isError: true,
      details: { status: "error", tool: tool.name },
    });
  }
});

test("[RN22] a long file comes in parts and says where to go on", () => {
  const text = Array.from({ length: 10 }, (_, index) => `line ${index + 1}\n`).join("");
  const charsMax = 32_000;

  expect(excerpt(text, { offset: 1, limit: 3, charsMax }).text).toBe(
    "line 1\nline 2\nline 3\n\n[7 more lines in file. Use offset=4 to continue.]",
  );
  expect(excerpt(text, { limit: 0, charsMax }).text).toContain("[9 more lines in file. Use offset=2");
  expect(excerpt(text, { offset: 9, charsMax }).text).toBe("line 9\nline 10\n");
  expect(excerpt(text, { offset: 11, charsMax }).text).toBe(
    "Offset 11 is beyond end of file (10 lines total). Retry with offset <= 10.",
  );
  expect(excerpt("a\r\nb", { charsMax }).text).toBe("a\nb");
  expect(excerpt("", { charsMax }).text).toBe("File is empty (0 bytes).");
});

test("[RN22] a line longer than an answer comes in pieces, and nothing of it is lost", () => {
  const line = "abcdefghij".repeat(20_000);
  const first = excerpt(line, { charsMax: 32_000 });
  expect(first.text.length).toBeLessThanOrEqual(32_000);
  expect(first.details).toMatchObject({ kind: "truncated", continuation: { kind: "cursor", offset: 1 } });
  const cursor = first.details.content.length;

  const second = excerpt(line, { cursor, charsMax: 32_000 });

  expect(line.startsWith(first.details.content + second.details.content)).toBe(true);
});

test("[RN23] edits refer to the file as it was, and all are made or none", () => {
  expect(
    applyEdits(
      "a b c",
      [
        { oldText: "c", newText: "a" },
        { oldText: "a", newText: "z" },
      ],
      "f",
    ),
  ).toBe("z b a");
  expect(() => applyEdits("a a", [{ oldText: "a", newText: "b" }], "f")).toThrow(
    "Found 2 occurrences of the text in f.",
  );
  expect(() =>
    applyEdits(
      "abc",
      [
        { oldText: "ab", newText: "" },
        { oldText: "bc", newText: "" },
      ],
      "f",
    ),
  ).toThrow("overlap");
  expect(() => applyEdits("abc", [{ oldText: "x", newText: "y" }], "f")).toThrow(
    "Could not find the exact text in f.",
  );
});

test("[RN24] a patch that does not fit changes nothing", async () => {
  await using place = await workspace();
  await writeFile(path.join(place.root, "a.txt"), "one\ntwo\n");
  const patch = (second: string) =>
    `*** Begin Patch\n*** Update File: a.txt\n@@\n one\n-two\n+2\n*** Update File: ${second}\n@@\n-none\n+x\n*** End Patch`;

  const failed = await place.run(applyPatchTool(), { input: patch("missing.txt") });
  expect(failed.isError).toBe(true);
  expect(await readFile(path.join(place.root, "a.txt"), "utf8")).toBe("one\ntwo\n");

  const files = parsePatch("*** Begin Patch\n*** Add File: n\n+x\n*** Delete File: d\n*** End Patch");
  expect(files.map((file) => file.kind)).toEqual(["add", "delete"]);
  expect(applyHunks("a\nb\n", [{ before: [], after: ["c"] }], "f")).toBe("a\nb\nc\n");
});

test("[RN25] a command answers with its output and its code", async () => {
  await using place = await workspace();
  const processes = createProcesses(systemClock, () => "p");
  const exec = execTool({ processes, clock: systemClock, permit });

  const good = await place.run(exec, { command: "echo hi; pwd" });
  const bad = await place.run(exec, { command: "exit 3" });
  const long = await place.run(exec, { command: "head -c 5000 /dev/zero | tr '\\0' x" });

  expect(good).toMatchObject({ isError: false, text: `hi\n${place.root}`, command: { exitCode: 0 } });
  expect(bad).toMatchObject({ isError: false, text: "(no output)\n\n(Command exited with code 3)" });
  expect(long).toMatchObject({ isError: false });
  expect(await place.run(exec, { command: "nosuch_x" })).toMatchObject({
    isError: true,
    text: expect.stringContaining("Command not found"),
    command: { status: "failed", exitCode: 127 },
  });
  expect(await place.run(exec, { command: "kill -15 $$" })).toMatchObject({
    isError: true,
    text: "Command aborted by signal SIGTERM",
  });
  expect(await place.run(exec, { command: "cat" })).toMatchObject({ text: "(no output)" });
  expect(processes.list("main")).toEqual([]);
});

test.for([
  [{ command: " " }, "Provide a command to start."],
  [{ command: "true", timeout: 1 }, 'exec parameter "timeout" is unsupported; use "timeoutSeconds" instead'],
  [{ command: "true", env: { PATH: "/x" } }, "Custom 'PATH' variable is forbidden"],
  [{ command: "true", env: { ld_preload: "x" } }, "Environment variable 'ld_preload' is forbidden"],
  [{ command: "true", host: "node" }, "exec host=node requires a paired node (none available)."],
  [{ command: "true", elevated: true }, "elevated is not available right now"],
  [{ command: "true", workdir: "absent" }, 'workdir "absent" is unavailable or not a directory'],
] as const)("[RN25] %j is refused with the reason", async ([args, reason]) => {
  await using place = await workspace();
  const processes = createProcesses(systemClock, () => "p");
  const exec = execTool({ processes, clock: systemClock, permit });

  const result = await place.run(exec, args);

  expect(result.isError).toBe(true);
  expect(result.text.replaceAll('\\"', '"')).toContain(reason);
});

test.for([
  ["echo hi", "print text"],
  ["echo out; echo err >&2", "print text → print text"],
  ["echo x; exit 3", "print text → run exit 3"],
  ["exit 3", "exit 3"],
  ["exit 3; seq 5", "exit 3; seq 5"],
  ["cd sub && ls", "list files (in sub)"],
  ["ls -la sub", "list files in sub"],
  ["head -n 3 a.txt", "show first 3 lines of a.txt"],
  ["tail -5 a.txt", "show last 5 lines of a.txt"],
  ["grep -n foo a.txt", 'search "foo" in a.txt'],
  ["find . -name '*.ts'", 'find files named "*.ts" in .'],
  ["rm -rf x", "remove x"],
  ["cp a b", "copy a to b"],
  ["sed -n 1,5p a.txt", "print lines 1-5 from a.txt"],
  ["bash -c 'echo hi'", "print text"],
  ["FOO=1 echo x", "print text"],
  ["echo a > out.txt", "print text"],
  ["npm run build", "run build"],
  ["git status", "check git status"],
  ["cat", "show output"],
  ["head -c 300000 /dev/zero | tr '\\0' 'x'", "show /dev/zero -> run tr"],
  ["echo a\necho b", "print text"],
  ['echo "unclosed', 'echo "unclosed'],
] as const)("[RN25] %j is told as %j", ([command, words]) => {
  expect(describeCommand(command)).toBe(words);
});

test("[RN21] arguments are made to fit where it is clear what was meant, and refused by name where not", () => {
  const tool = readTool();
  expect(checkArguments(tool, { path: 5, offset: "2" })).toEqual({ args: { path: "5", offset: 2 } });
  const missing = checkArguments(tool, {});
  expect(missing).toMatchObject({
    refused: {
      isBlocked: true,
      text: 'Validation failed for tool "read":\n  - path: must have required properties path\n\nReceived arguments:\n{}',
      summary: "read tool validation failed: invalid arguments",
    },
  });
  expect(checkArguments(tool, { path: "a", offset: 0 })).toMatchObject({
    refused: { text: expect.stringContaining("  - offset: must be >= 1\n") },
  });
  expect(checkArguments(editTool(), { path: "a" })).toMatchObject({
    refused: { text: expect.stringContaining("  - edits: must be array\n") },
  });
  expect(checkArguments(editTool(), { path: "a", oldText: "x", newText: "y" })).toEqual({
    args: { path: "a", edits: [{ oldText: "x", newText: "y" }] },
  });
});

test("[RN23] what was changed is told line by line, and line ends stay as they are", async () => {
  await using place = await workspace();
  const file = path.join(place.root, "a.txt");
  await writeFile(file, "one\r\ntwo\r\nthree\r\n");

  const result = await place.run(editTool(), {
    path: "a.txt",
    edits: [{ oldText: "one\ntwo", newText: "one\n2" }],
  });

  expect(result.details).toEqual({
    changed: true,
    diff: " 1 one\n-2 two\n+2 2\n 3 three",
    patch: "--- a.txt\n+++ a.txt\n@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n",
    firstChangedLine: 2,
  });
  expect(await readFile(file, "utf8")).toBe("one\r\n2\r\nthree\r\n");
  expect((await place.run(writeTool(), { path: "n.txt", content: "x" })).details).toMatchObject({
    created: true,
    diff: "+1 x",
    patch: "--- n.txt\n+++ n.txt\n@@ -0,0 +1,1 @@\n+x\n\\ No newline at end of file\n",
  });
});

test("[RN20] pictures are put before the model, and nothing that is none", async () => {
  await using place = await workspace();
  const base64 = Buffer.from("89504e470d0a1a0a00", "hex").toString("base64");
  await writeFile(path.join(place.root, "a.png"), Buffer.from(base64, "base64"));
  await writeFile(path.join(place.root, "a.txt"), "text");
  const image = { mimeType: "image/png", base64 };

  const seen = await place.run(viewImageTool(), { paths: ["a.png", "a.png"] });

  expect(seen).toMatchObject({ isError: false, images: [image, image] });
  expect(seen.text).toContain("Loaded 2 images into private model context");
  expect(await place.run(readTool(), { path: "a.png" })).toMatchObject({
    text: "Read image file [image/png]",
    images: [image],
  });
  for (const args of [
    { path: "a.txt" },
    { path: "b.png" },
    { path: "../x.png" },
    {},
    { paths: ["a.png"], maxBytesMb: 0.000001 },
  ])
    expect(await place.run(viewImageTool(), args)).toMatchObject({ isError: true });
});

test("[RN26] what stays in the background belongs to its agent, is followed and ended", async () => {
  await using place = await workspace();
  const processes = createProcesses(systemClock, () => "p1");
  const exec = execTool({ processes, clock: systemClock, permit });
  const follow = processTool({ processes, clock: systemClock });

  const started = await place.run(exec, { command: "cat", background: true });
  const foreign = await place.run(
    follow,
    { action: "poll", sessionId: processName("p1") },
    { agentId: "other" },
  );
  await place.run(follow, { action: "write", sessionId: processName("p1"), data: "hello\n", eof: true });
  const polled = await place.run(follow, { action: "poll", sessionId: processName("p1"), timeout: 60_000 });

  expect(started.details).toMatchObject({ status: "running", sessionId: processName("p1") });
  expect(foreign).toMatchObject({ isError: true, error: `No session found for ${processName("p1")}` });
  expect(polled.text).toBe("hello\n\nProcess exited with code 0.");
});

test("[RN27] a turn that is stopped ends its command", async () => {
  await using place = await workspace();
  const processes = createProcesses(systemClock, () => "p1");
  const controller = new AbortController();
  const running = place.run(
    execTool({ processes, clock: systemClock, permit }),
    { command: "echo started; sleep 600" },
    {
      signal: controller.signal,
      onOutput: () => controller.abort(new Error("stopped")),
    },
  );

  await expect(running).resolves.toMatchObject({ isError: true, error: "stopped" });
});

test.for([
  { policy: {}, allowed: true },
  { policy: { profile: "minimal" }, allowed: false },
  { policy: { profile: "coding" }, allowed: true },
  { policy: { profile: "coding", deny: ["exec"] }, allowed: false },
  { policy: { profile: "minimal", alsoAllow: ["group:runtime"] }, allowed: true },
  { policy: { allow: ["group:fs"] }, allowed: false },
  { policy: { allow: ["ex*"] }, allowed: true },
  { policy: { allow: ["*"], deny: ["group:runtime"] }, allowed: false },
])("[RN28] exec under $policy is allowed: $allowed", ({ policy, allowed }) => {
  expect(isAllowed("exec", policy)).toBe(allowed);
});
