/** Prints every broken house rule: `node tools/tidy.ts`. The same rules run as tests in tidy.test.ts. */
import { resolve } from "node:path";
import { codeRules } from "./tidy/code-rules.ts";
import { loadTree } from "./tidy/tree.ts";
import { treeRules } from "./tidy/tree-rules.ts";

const tree = loadTree(resolve(import.meta.dirname, ".."));
let broken = 0;
for (const rule of [...treeRules, ...codeRules]) {
  for (const { path, line, message } of rule.check(tree)) {
    broken += 1;
    console.log(`${path}${line === 0 ? "" : `:${line}`}  ${message}  (${rule.name})`);
  }
}
console.log(`${tree.size} files, ${treeRules.length + codeRules.length} house rules, ${broken} broken`);
process.exitCode = broken === 0 ? 0 : 1;
