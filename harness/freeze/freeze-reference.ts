import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "../launch/launch.ts";
import { referenceFolder } from "../launch/places.ts";
import { PortFinder } from "../launch/ports.ts";
import { parseScenario } from "../scenario/schema.ts";
import { freeze } from "./freeze.ts";
import type { Manifest } from "./manifest.ts";
import { referenceContract } from "./reference-contract.ts";
import { readRuntimeSurface } from "./runtime-surface.ts";

/** The plain set-up of every scenario that asks for nothing. */
const PLAIN = parseScenario(
  {
    id: "freeze/surface",
    title: "the surface of the reference",
    area: "sweep",
    covers: ["manifest"],
    steps: [{ connect: {} }],
  },
  "freeze",
).setup;

/** Starts the installed reference of that version in a HOME of its own, and asks it for all it has. */
export async function freezeReference(
  version: string,
  onProgress: (done: number, total: number) => void,
): Promise<Manifest> {
  const modules = join(referenceFolder(version), "node_modules");
  const surface = await readRuntimeSurface(modules, join(modules, "node", "bin", "node"));
  await using gateway = await launch({
    contract: await referenceContract(version),
    setup: PLAIN,
    ports: new PortFinder(),
    logFolder: await mkdtemp(join(tmpdir(), "referee-freeze-")),
    label: "freeze",
  });
  return await freeze({ target: { url: gateway.url, token: gateway.token }, surface, onProgress });
}
