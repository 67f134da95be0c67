/** Lists the rules of docs/PROTOCOL.md that nothing proves, and the rule ids in tests that do not exist. */
import { resolve } from "node:path";
import { ruleCoverage } from "./tidy/protocol-rules.ts";
import { loadTree } from "./tidy/tree.ts";

const { defined, unproven, unknown } = ruleCoverage(loadTree(resolve(import.meta.dirname, "..")));
for (const id of unproven) console.log(`docs/PROTOCOL.md  [${id}] has no test and no scenario`);
for (const { path, line, message } of unknown) {
  console.log(`${path}:${line}  [${message}] is not a rule of docs/PROTOCOL.md`);
}
console.log(`${defined.length} rules, ${unproven.length} without proof, ${unknown.length} unknown`);
process.exitCode = unproven.length + unknown.length === 0 ? 0 : 1;
