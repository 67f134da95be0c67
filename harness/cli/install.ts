import type { Command } from "commander";
import { REFERENCE_CLIENT, REFERENCE_NODE, REFERENCE_VERSION, referenceFolder } from "../launch/places.ts";
import { install } from "../reference/install.ts";
import { complain, say, sayJson } from "./output.ts";

interface Options {
  readonly reference: string;
  readonly json: boolean;
}

async function run(options: Options): Promise<void> {
  const version = options.reference.replace(/^openclaw@/, "");
  const installed = await install({
    folder: referenceFolder(version),
    packages: { openclaw: version, "@openclaw/gateway-client": REFERENCE_CLIENT, node: REFERENCE_NODE },
    onStep: (what) => complain(what),
  });
  if (options.json) return sayJson(installed);
  const list = Object.entries(installed.versions).map(([name, found]) => `${name}@${found}`);
  say(`${installed.wasThere ? "already installed" : "installed"} in ${installed.folder}: ${list.join(", ")}`);
  return undefined;
}

export function register(program: Command): void {
  program
    .command("install")
    .description("Install the reference, its client and the Node that runs it, outside git")
    .option("--reference <package>", "which reference", `openclaw@${REFERENCE_VERSION}`)
    .option("--json", "print what is installed as JSON", false)
    .addHelpText(
      "after",
      `
The folder is $UNDERSTUDY_CACHE or ~/.cache/understudy. It takes about 700 MB.

Examples:
  referee install
  UNDERSTUDY_CACHE=/var/cache/understudy referee install`,
    )
    .action(run);
}
