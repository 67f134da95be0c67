import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkout } from "../launch/places.ts";

export const HELP = `Usage: npm run walk -- [options]

Walks through the Control UI of an installed reference in a real browser, hosted by one gateway after the other, and
says what a person would notice on one of them only.

Options:
  --launch <names>     gateways, by name or launch contract, in this order (default: reference,understudy)
  --only <stops>       stops or beginnings of them, separated by commas (default: *)
  --out <folder>       where pictures and walks are left (default: .cache/walk)
  --expected <file>    differences that are meant to be (default: harness/walk/expected.yaml)
  --port-base <port>   first port to try
  --json               print the differences as JSON
  -h, --help           print this

Examples:
  npm run walk                                    the reference, then the player
  npm run walk -- --launch understudy             the player, held against the last walk of the reference
  npm run walk -- --only 'settings/*,chat/*'      some stops; what is known of the others stays
  npm run walk -- --launch ./my-gateway.yaml      another gateway, held against the last walk of the reference

Exit codes: 0 nothing unexpected, 1 not so, 2 could not run.
`;

/** What was asked for. Throws when it cannot be understood. */
export function readCommandLine(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      launch: { type: "string", default: "reference,understudy" },
      only: { type: "string", default: "*" },
      out: { type: "string", default: join(checkout, ".cache", "walk") },
      expected: { type: "string", default: join(import.meta.dirname, "expected.yaml") },
      "port-base": { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  }).values;
}
