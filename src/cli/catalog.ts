import { rm } from "node:fs/promises";
import path from "node:path";
import {
  type CatalogueFile,
  catalogueFile,
  readCatalogue,
  type Texts,
  textsIn,
} from "../domain/catalogue/index.ts";
import { locate } from "../domain/config/paths.ts";
import { systemClock } from "../platform/clock.ts";
import { writePrivateFile } from "../platform/files.ts";
import { parseCommandLine } from "./arguments.ts";
import { CallError, type Client, connect } from "./client.ts";
import { startReference } from "./reference-gateway.ts";
import { type Command, EXIT, type Terminal, UsageError } from "./terminal.ts";

const command: Command = {
  help: `Describes tools, commands, settings, themes, hooks and plugins in the words of an installed reference.

Usage: understudy catalog import (--reference <folder> | --url <url> --token <token>) [options]
       understudy catalog status [options]
       understudy catalog remove [options]

Options:
  --reference <folder>  an installed reference: the folder of the package "openclaw"; it is started once, with a
                        HOME of its own, asked, and stopped
  --url <url>           a reference that is running already
  --token <token>       its shared token
  --json                one JSON document on standard output
  --help                print this

Out of the box every description is in Understudy's own words. What is imported is kept in
<state>/understudy/catalogue.json; a gateway reads it when it starts.

Exit codes: 0 done, 1 could not be done, 2 wrong usage.

Examples:
  understudy catalog import --reference "$(npm root -g)/openclaw"
  understudy catalog import --url ws://127.0.0.1:18789 --token secret
  understudy catalog status --json
  understudy catalog remove
`,
  run,
};
export default command;

const OPTIONS = {
  reference: { type: "string" },
  url: { type: "string" },
  token: { type: "string" },
  json: { type: "boolean" },
} as const;

/** What is asked, in this order; tools as an agent has them need a session. */
const ASKED: readonly (readonly [method: string, params: Record<string, unknown>])[] = [
  ["tools.catalog", {}],
  ["tools.effective", { sessionKey: "agent:main:catalogue" }],
  ["commands.list", {}],
  ["config.schema", {}],
  ["themes.list", {}],
  ["hooks.status", {}],
  ["plugins.list", {}],
  ["webSearch.status", {}],
];

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommandLine(args, OPTIONS, 1);
  const { stateDir } = locate(terminal.env);
  const print = (facts: Record<string, unknown>, text: string): number => {
    terminal.out(values.json === true ? `${JSON.stringify(facts)}\n` : `${text}\n`);
    return EXIT.ok;
  };
  switch (positionals[0]) {
    case "import": {
      const file = await imported(values, terminal);
      if (file === undefined) return EXIT.failed;
      await writePrivateFile(catalogueFile(stateDir), JSON.stringify(file));
      const facts = factsOf(file, stateDir);
      return print(
        facts,
        `${facts["texts"]} texts of ${file.reference} imported; restart the gateway to see them`,
      );
    }
    case "status": {
      const file = await readCatalogue(stateDir);
      if (file === undefined) return print({ imported: false }, "nothing imported: descriptions are our own");
      return print(factsOf(file, stateDir), `texts of ${file.reference}, in ${catalogueFile(stateDir)}`);
    }
    case "remove":
      await rm(catalogueFile(stateDir), { force: true });
      return print({ imported: false }, "removed; restart the gateway to see our own descriptions");
    default:
      throw new UsageError("what to do? One of: import, status, remove");
  }
}

function factsOf(file: CatalogueFile, stateDir: string): Record<string, unknown> {
  const { reference, importedAtMs, texts } = file;
  return {
    imported: true,
    reference,
    importedAtMs,
    texts: Object.keys(texts).length,
    file: catalogueFile(stateDir),
  };
}

interface Source {
  readonly reference?: string;
  readonly url?: string;
  readonly token?: string;
}

async function imported(source: Source, terminal: Terminal): Promise<CatalogueFile | undefined> {
  const { reference, url, token } = source;
  if ((reference === undefined) === (url === undefined)) {
    throw new UsageError(
      "name an installed reference with --reference, or a running one with --url and --token",
    );
  }
  try {
    if (reference !== undefined) {
      await using started = await startReference(path.resolve(reference), (line) =>
        terminal.error(`${line}\n`),
      );
      await using client = await started.connect();
      return await ask(client);
    }
    const target = { url: url ?? "", timeoutMs: 30_000, clock: systemClock };
    await using client = await connect(token === undefined ? target : { ...target, token });
    return await ask(client);
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    terminal.error(`understudy catalog: ${error.message} (${error.code})\n`);
    return undefined;
  }
}

async function ask(client: Client): Promise<CatalogueFile> {
  const texts: Texts = {};
  await client.call("sessions.create", { key: "agent:main:catalogue" });
  for (const [method, params] of ASKED) {
    for (const [key, found] of Object.entries(textsIn(method, await client.call(method, params)))) {
      texts[key] = { ...texts[key], ...found };
    }
  }
  await client.call("sessions.delete", { key: "agent:main:catalogue" });
  const server = client.hello["server"];
  const version =
    typeof server === "object" && server !== null && "version" in server ? String(server.version) : "unknown";
  return { version: 1, reference: version, importedAtMs: systemClock.now(), texts };
}
