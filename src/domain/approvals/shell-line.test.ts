import { expect, test } from "vitest";
import { readLine, renderLine } from "./shell-line.ts";

test.for([
  "ls $(rm x)",
  "ls `rm x`",
  'ls "$(rm x)"',
  'ls "`rm x`"',
  "ls\nrm x",
  "ls\rrm x",
  "ls & rm x",
  "ls |& rm x",
  "ls > x",
  "ls < x",
  "ls 2>&1",
  "cat <<E\nx\nE",
  "ls <(rm x)",
  "(ls)",
  "{ ls; }",
  "ls *",
  "ls ?",
  "ls [a]",
  "ls {a,b}",
  "ls $HOME",
  "ls ~/x",
  "ls \\\nx",
  "l\\s",
  "ls # x",
  "! ls",
  "A=1 ls",
  "ls 'x",
  'ls "x',
  'ls "a\\"b"',
  "ls $'x'",
  'ls $"x"',
  "ls;;",
  ";ls",
  "ls &&",
  "ls ; ; ls",
  "'' x",
  "ls\u00a0x",
  "ls\u2028rm x",
  "",
  "ls \0",
  "ls\u0007",
])("[AP13] a line that a shell might read otherwise is not read: %j", (line) => {
  expect(readLine(line)).toBeUndefined();
});

test("[AP13] a line of literal commands is taken apart, and runs as it was read", () => {
  const line = readLine(`echo 'a;b' "c d"e && wc -l | tr 'x'"y"; pwd || ls --x=1`);

  expect(line?.commands).toEqual([
    ["echo", "a;b", "c de"],
    ["wc", "-l"],
    ["tr", "xy"],
    ["pwd"],
    ["ls", "--x=1"],
  ]);
  expect(line && renderLine(line, ["/e", "/w", "/t", "/p", "/l"])).toBe(
    `'/e' 'a;b' 'c de' && '/w' '-l' | '/t' 'xy' ; '/p' || '/l' '--x=1'`,
  );
  const quoted = readLine(`echo "it's"`);
  expect(quoted && renderLine(quoted, ["/bin/echo"])).toBe(`'/bin/echo' 'it'\\''s'`);
});
