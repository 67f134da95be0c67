/** `npm run walk`: the Control UI on two gateways, side by side; `--help` says how to ask for it. */
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { openBrowser } from "../clients/browser.ts";
import { loadContract } from "../launch/contract.ts";
import type { Gateway } from "../launch/gateway.ts";
import { launch } from "../launch/launch.ts";
import { referenceFolder } from "../launch/places.ts";
import { PortFinder } from "../launch/ports.ts";
import type { Setup } from "../scenario/schema.ts";
import { HELP, readCommandLine } from "./command-line.ts";
import { type Difference, differences, troubles, type Walk } from "./compare.ts";
import { DEEDS, REPLIES } from "./deeds.ts";
import { isExpected, readExpected } from "./expected.ts";
import { type Look, look } from "./look.ts";
import { AFTERWARDS, PAGES } from "./pages.ts";
import { list, table } from "./report.ts";
import { type Stop, Tour } from "./stop.ts";
import { Witness } from "./witness.ts";

const REFERENCE = "reference";
const VIEWPORT = { width: 1280, height: 1000 };
const STUCK_CHARACTERS_MAX = 400;
const STOPS: readonly Stop[] = [...PAGES, ...DEEDS, ...AFTERWARDS];

const SETUP: Setup = {
  config: {
    gateway: {
      controlUi: { root: join(referenceFolder(), "node_modules", "openclaw", "dist", "control-ui") },
    },
  },
  env: {},
  files: {},
  api: "openai-completions",
};

const options = optionsOf(process.argv.slice(2));
const outFolder = resolve(options.out);
const ports = new PortFinder(options["port-base"] === undefined ? undefined : Number(options["port-base"]));
if (options.help) process.stdout.write(HELP);
else process.exitCode = await walkAndCompare();

function optionsOf(args: readonly string[]): ReturnType<typeof readCommandLine> {
  try {
    return readCommandLine(args);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\nSee npm run walk -- --help\n`);
    process.exit(2);
  }
}

async function walkAndCompare(): Promise<number> {
  try {
    const found: Difference[] = [];
    const expected = await readExpected(options.expected);
    const names = options.launch.split(",");
    for (const name of names) await keep(await walkThrough(name));
    for (const name of names.filter((one) => one !== REFERENCE)) found.push(...(await held(name)));
    const bad = found.filter((difference) => !difference.isNote && !isExpected(difference, expected));
    await writeFile(join(outFolder, "differences.json"), `${JSON.stringify(found, null, 2)}\n`);
    if (options.json)
      process.stdout.write(`${JSON.stringify({ differences: found, unexpected: bad }, null, 2)}\n`);
    else process.stdout.write(`${list(bad)}\n\n${bad.length} unexpected of ${found.length} differences\n`);
    return bad.length === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`could not run: ${messageOf(error)}\n`);
    return 2;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The walk that was just done beside the last one of the reference; alone when there is none. */
async function held(name: string): Promise<Difference[]> {
  const walk = await kept(name);
  const reference = await kept(REFERENCE);
  if (walk === undefined) return [];
  const found = reference === undefined ? troubles(walk) : differences(reference, walk);
  if (!options.json) process.stdout.write(`${table(walk, found)}\n\n`);
  return found;
}

function keptAt(name: string): string {
  return join(outFolder, `${name}.json`);
}

async function kept(name: string): Promise<Walk | undefined> {
  if (!existsSync(keptAt(name))) return undefined;
  return JSON.parse(await readFile(keptAt(name), "utf8")) as Walk;
}

/** A walk over some stops replaces those of an earlier walk, and leaves the others. */
async function keep(walk: Walk): Promise<void> {
  await mkdir(outFolder, { recursive: true });
  const before = new Map((await kept(walk.gateway))?.looks.map((one) => [one.stop, one]));
  for (const one of walk.looks) before.set(one.stop, one);
  const looks = STOPS.flatMap(({ name }) => before.get(name) ?? []);
  await writeFile(keptAt(walk.gateway), `${JSON.stringify({ gateway: walk.gateway, looks }, null, 2)}\n`);
}

function isChosen({ name }: Stop): boolean {
  return options.only
    .split(",")
    .some((one) => (one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : name === one));
}

async function walkThrough(name: string): Promise<Walk> {
  const contract = await loadContract(name);
  await mkdir(outFolder, { recursive: true });
  const place = { contract, setup: SETUP, ports, logFolder: outFolder, label: `walk-${name}` };
  await using gateway = await launch(place);
  gateway.tape.load(REPLIES);
  await using browser = await openBrowser();
  const page = await browser.newPage({ viewport: VIEWPORT, timezoneId: "UTC", locale: "en-US" });
  const witness = new Witness(page);
  const tour = new Tour(page, gateway, witness);
  await tour.enter();
  witness.take();
  const looks: Look[] = [];
  for (const stop of STOPS.filter(isChosen)) looks.push(await visit(stop, tour, gateway, witness));
  return { gateway: gateway.name, looks };
}

async function visit(stop: Stop, tour: Tour, gateway: Gateway, witness: Witness): Promise<Look> {
  const begun = performance.now();
  let stuck: string | undefined;
  try {
    await stop.reach(tour);
  } catch (error) {
    stuck = (error instanceof Error ? error.message : String(error)).slice(0, STUCK_CHARACTERS_MAX);
  }
  const seen = await look(
    tour.page,
    witness,
    { stop: stop.name, stuck, begun },
    join(outFolder, gateway.name),
  );
  const marks = [stuck === undefined ? "" : "STUCK", ...seen.banners.map(() => "banner")].filter(Boolean);
  process.stderr.write(`${gateway.name}  ${stop.name}  ${seen.durationMs} ms  ${marks.join(" ")}\n`);
  return seen;
}
