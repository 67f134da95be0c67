/**
 * Drives the unmodified clients of an installed reference against one or more gateways, and compares what each
 * client experienced:
 *
 *   npm run clients                                  the player beside the reference
 *   npm run clients -- --launch understudy           the player alone
 *   npm run clients -- --only "Control UI" --json
 *
 * Exit codes: 0 everybody got through and noticed nothing, 1 not so, 2 could not run.
 */
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { loadContract } from "../launch/contract.ts";
import type { Gateway } from "../launch/gateway.ts";
import { launch } from "../launch/launch.ts";
import { referenceFolder } from "../launch/places.ts";
import { PortFinder } from "../launch/ports.ts";
import type { Setup } from "../scenario/schema.ts";
import { acpBridge, mcpServer } from "./bridges.ts";
import { CLI_CLIENTS } from "./cli.ts";
import { REPLY, type RealClient } from "./client.ts";
import { controlUi } from "./control-ui.ts";
import { gatewayClient } from "./gateway-client.ts";
import { nodeHost } from "./node-host.ts";
import { differences, type Visit } from "./report.ts";
import { tui } from "./tui.ts";

const REPLIES_MAX = 1000;

const CLIENTS: readonly RealClient[] = [
  ...CLI_CLIENTS,
  acpBridge,
  mcpServer,
  nodeHost,
  gatewayClient,
  tui,
  controlUi,
];

/** The base configuration, and the Control UI of the installed reference for whoever hosts it. */
const PLAIN: Setup = {
  config: {
    gateway: {
      controlUi: { root: join(referenceFolder(), "node_modules", "openclaw", "dist", "control-ui") },
    },
  },
  env: {},
  files: {},
  api: "openai-completions",
};

const { values: options } = parseArgs({
  options: {
    launch: { type: "string", default: "reference,understudy" },
    only: { type: "string" },
    out: { type: "string", default: ".cache/clients" },
    json: { type: "boolean", default: false },
  },
});

const chosen = CLIENTS.filter(({ name }) => options.only === undefined || name.includes(options.only));
const outFolder = resolve(options.out);
const visits: Visit[] = [];
try {
  if (chosen.length === 0)
    throw new Error(`no client is called ${options.only}; there are ${names(CLIENTS)}`);
  await mkdir(outFolder, { recursive: true });
  for (const name of options.launch.split(",")) visits.push(...(await visitAll(name)));
} catch (error) {
  process.stderr.write(`could not run: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}

const found = differences(visits);
const failed = visits.filter(({ error }) => error !== undefined);
if (options.json) process.stdout.write(`${JSON.stringify({ visits, differences: found }, null, 2)}\n`);
for (const { client, fact, values } of found) {
  process.stderr.write(`DIFFERENT  ${client}: ${fact}\n`);
  for (const [gateway, value] of Object.entries(values)) {
    process.stderr.write(`    ${gateway}: ${JSON.stringify(value)}\n`);
  }
}
const different = new Set(found.map(({ client }) => client));
const passed = visits.filter(({ client, error }) => error === undefined && !different.has(client)).length;
process.stderr.write(`${passed} passed, ${visits.length - passed} failed\n`);
process.exit(failed.length + found.length === 0 ? 0 : 1);

async function visitAll(name: string): Promise<Visit[]> {
  const contract = await loadContract(name);
  await using gateway = await launch({
    contract,
    setup: PLAIN,
    ports: new PortFinder(),
    logFolder: outFolder,
    label: `clients-${name}`,
  });
  gateway.tape.load([{ text: REPLY, times: REPLIES_MAX }]);
  const done: Visit[] = [];
  for (const client of chosen) done.push(await visit(client, gateway));
  return done;
}

async function visit(client: RealClient, gateway: Gateway): Promise<Visit> {
  const reference = referenceFolder();
  const node = join(reference, "node_modules", "node", "bin", "node");
  if (gateway.home === undefined) throw new Error("the clients need a gateway that was launched here");
  const begun = performance.now();
  const place = { gateway, reference, node, home: gateway.home, outFolder };
  const base = { client: client.name, gateway: gateway.name };
  try {
    const facts = await client.run(place);
    const durationMs = Math.round(performance.now() - begun);
    process.stderr.write(`ok      ${gateway.name}  ${client.name}  ${durationMs} ms\n`);
    return { ...base, durationMs, facts, error: undefined };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`FAILED  ${gateway.name}  ${client.name}: ${message}\n`);
    return { ...base, durationMs: Math.round(performance.now() - begun), facts: undefined, error: message };
  }
}

function names(clients: readonly RealClient[]): string {
  return clients.map(({ name }) => `"${name}"`).join(", ");
}
