import { expect, test } from "vitest";
import { analyseCommand } from "./command-analysis.ts";

test.for([
  ["ls -la", 1, 0, []],
  ["ls | wc && pwd; date", 4, 0, []],
  ["bash -c 'ls; pwd'", 1, 2, ["shell-wrapper"]],
  ["sudo ls", 1, 0, ["command-carrier"]],
  ["echo $(date)", 1, 1, ["dynamic-argument", "command-substitution"]],
  ["echo 'a | b; $(c)'", 1, 0, []],
] as const)("[AP11] %s: %i commands, %i inside, %j", ([
  command,
  commandCount,
  nestedCommandCount,
  riskKinds,
]) => {
  expect(analyseCommand(command)).toMatchObject({ commandCount, nestedCommandCount, riskKinds });
});
