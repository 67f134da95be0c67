import { expect, test } from "vitest";
import { exactRule, isInterpreter, isListed } from "./allowlist.ts";
import { rulesFor } from "./exec-rules.ts";

const sources = { agentId: "main", permissionMode: undefined, tools: [], file: {}, asked: undefined };

test.for([
  [{}, "full", "off"],
  [{ tools: [{ exec: { mode: "full" } }, { exec: { mode: "ask" } }] }, "allowlist", "on-miss"],
  [{ tools: [{ exec: { mode: "deny" } }, { exec: { ask: "always" } }] }, "deny", "always"],
  [{ tools: [{ exec: { mode: "new" } }] }, "deny", "always"],
  [{ tools: [{ exec: { security: 5, ask: {} } }] }, "deny", "always"],
  [{ file: { defaults: { security: "deny" }, agents: { main: { security: "full" } } } }, "full", "off"],
  [{ file: { agents: { other: { security: "deny" }, "*": { ask: "always" } } } }, "full", "always"],
  [{ tools: [{ exec: { mode: "deny" } }], file: { defaults: { security: "full" } } }, "deny", "off"],
  [{ permissionMode: "guarded", file: { defaults: { ask: "always" } } }, "allowlist", "always"],
  [{ permissionMode: "unheard-of" }, "deny", "off"],
  [{ permissionMode: "constructor" }, "deny", "off"],
  [{ tools: [{ exec: { mode: "constructor" } }] }, "deny", "always"],
  [{ permissionMode: "full", file: { defaults: { security: "deny" } } }, "full", "off"],
  [{ permissionMode: "full", asked: "always" }, "full", "always"],
  [{ tools: [{ exec: { ask: "always" } }], asked: "off" }, "full", "always"],
] as const)("[AP14] the strictest word on commands holds: %j", ([given, security, ask]) => {
  expect(rulesFor({ ...sources, ...given })).toMatchObject({ security, ask });
});

const uname = { argv: ["uname", "-a"], program: "/usr/bin/uname", cwd: "/w" };

test.for([
  [{ pattern: "uname" }, true],
  [{ pattern: "/usr/bin/*" }, true],
  [{ pattern: "/usr/**" }, true],
  [{ pattern: "/usr/*" }, false],
  [{ pattern: "name" }, false],
  [{ pattern: "/bin/uname" }, false],
  [{ pattern: "uname", argPattern: "^-a$" }, true],
  [{ pattern: "uname", argPattern: "^-b$" }, false],
  [{ pattern: "uname", argPattern: "(" }, false],
  [{ pattern: "uname", source: "allow-always" }, false],
  [{ pattern: "uname", argPattern: "-a", source: "allow-always" }, false],
  [{}, false],
] as const)("[AP13] a rule names the program, and its arguments if it says so: %j", ([rule, listed]) => {
  expect(isListed(uname, [rule], undefined)).toBe(listed);
});

test("[AP13] a name that was a path is not the name; a program that runs others is never on the list", () => {
  expect(isListed({ ...uname, argv: ["./uname"] }, [{ pattern: "uname" }], undefined)).toBe(false);
  const shell = { argv: ["bash", "-c", "x"], program: "/bin/bash", cwd: "/w" };
  expect(isListed(shell, [{ pattern: "*" }], undefined)).toBe(false);
  expect(isListed({ ...uname, program: "/h/bin/uname" }, [{ pattern: "~/bin/*" }], "/h")).toBe(true);
});

test("[AP15] what was allowed for good is these words in this folder", () => {
  const rules = [exactRule(uname, 1)];

  expect(isListed(uname, rules, undefined)).toBe(true);
  expect(isListed({ ...uname, cwd: "/x" }, rules, undefined)).toBe(false);
  expect(isListed({ ...uname, argv: ["uname"] }, rules, undefined)).toBe(false);
  expect(isListed({ ...uname, program: "/x/uname" }, rules, undefined)).toBe(false);
});

test("[AP15] interpreters are known with their versions", () => {
  const isOne = (program: string) => isInterpreter({ argv: [program], program, cwd: "/" });

  expect(["/usr/bin/python3.12", "/usr/bin/awk", "/bin/sh"].map(isOne)).toEqual([true, true, true]);
  expect(isOne("/usr/bin/uname")).toBe(false);
});
