import { mkdir, mkdtempDisposable, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import type { Permit } from "../../domain/approvals/index.ts";
import type { Tool, ToolContext } from "../../domain/runs/index.ts";
import { systemClock } from "../../platform/clock.ts";
import { applyPatchTool } from "./apply-patch/index.ts";
import { applyHunks, parsePatch } from "./apply-patch/patch.ts";
import { applyEdits, editTool } from "./edit/index.ts";
import { createProcesses, execTool, processTool } from "./exec/index.ts";
import { lsTool } from "./ls/index.ts";
import { isAllowed } from "./policy.ts";
import { excerpt, readTool } from "./read/index.ts";
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
  const text = Array.from({ length: 10 }, (_, index) => `line ${index + 1}`).join("\n");

  expect(excerpt(text, 1, 3).text).toBe(
    "line 1\nline 2\nline 3\n\n[7 more lines in file. Use offset=4 to continue.]",
  );
  expect(excerpt(text, 9, undefined).text).toBe("line 9\nline 10");
  expect(() => excerpt(text, 11, undefined)).toThrow("beyond end of file");
  expect(excerpt("x".repeat(200_000), 1, undefined).text.length).toBeLessThan(60_000);
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
  expect(() => applyEdits("a a", [{ oldText: "a", newText: "b" }], "f")).toThrow("more than one");
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
  expect(long.text).toContain("characters left out");
  expect(processes.list("main")).toEqual([]);
});

test("[RN26] what stays in the background belongs to its agent, is followed and ended", async () => {
  await using place = await workspace();
  const processes = createProcesses(systemClock, () => "p1");
  const exec = execTool({ processes, clock: systemClock, permit });
  const follow = processTool({ processes, clock: systemClock });

  const started = await place.run(exec, { command: "cat", background: true });
  const foreign = await place.run(follow, { action: "poll", sessionId: "p1" }, { agentId: "other" });
  await place.run(follow, { action: "write", sessionId: "p1", data: "hello\n", eof: true });
  const polled = await place.run(follow, { action: "poll", sessionId: "p1", timeout: 60_000 });

  expect(started.details).toMatchObject({ status: "running", sessionId: "p1" });
  expect(foreign).toMatchObject({ isError: true, error: "No session found for p1" });
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
