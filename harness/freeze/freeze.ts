import { createHash } from "node:crypto";
import { probeCloseCodes } from "./close-codes.ts";
import { observeControlPlaneWrites } from "./control-plane.ts";
import { areaOf, familyOf } from "./families.ts";
import { probeHttpRoutes } from "./http-routes.ts";
import { checkManifest, type Manifest, type ManifestMethod } from "./manifest.ts";
import { EVERY_SCOPE, type MethodProbe, probeMethods } from "./probe.ts";
import type { RuntimeSurface } from "./runtime-surface.ts";
import { validatorOf } from "./validator-names.ts";
import { type Target, Wire } from "./wire.ts";

export interface FreezeInput {
  readonly target: Target;
  readonly surface: RuntimeSurface;
  readonly onProgress: (done: number, total: number) => void;
}

interface HelloFeatures {
  readonly methods: readonly string[];
  readonly events: readonly string[];
  readonly capabilities: readonly string[];
}

/** What one method is known by, from all four sources at once. */
interface Evidence {
  readonly surface: RuntimeSurface;
  readonly advertised: ReadonlySet<string>;
  readonly probes: ReadonlyMap<string, MethodProbe>;
  readonly limited: ReadonlyMap<string, "observed" | "declared">;
}

/** Asks a running reference, and its package, for everything a gateway in its place has to answer. */
export async function freeze(input: FreezeInput): Promise<Manifest> {
  const { target, surface } = input;
  const hello = await readHello(target);
  const advertised = new Set(hello.features.methods);
  const others = [...surface.table.map((row) => row.name), ...Object.keys(surface.contract)];
  const names = [...new Set([...hello.features.methods, ...others])];
  const probes = await probeMethods(target, names, (done) => input.onProgress(done, names.length));
  const declared = surface.table.filter((row) => row.controlPlaneWrite === true).map((row) => row.name);
  const limited = await observeControlPlaneWrites(target, declared);
  const manifest: Manifest = {
    reference: `openclaw@${surface.version}`,
    contract: `@openclaw/gateway-protocol@${surface.contractVersion}`,
    protocol: hello.protocol,
    methods: names.map((name) => describe(name, { surface, advertised, probes, limited })),
    events: hello.features.events,
    capabilities: hello.features.capabilities,
    challengeCapabilities: hello.challengeCapabilities,
    httpRoutes: await probeHttpRoutes(target),
    closeCodes: await probeCloseCodes(target),
  };
  checkManifest(manifest);
  return manifest;
}

function describe(name: string, evidence: Evidence): ManifestMethod {
  const probe = evidence.probes.get(name);
  if (probe === undefined) throw new Error(`${name} was not probed`);
  const row = evidence.surface.table.find((entry) => entry.name === name);
  const validator = validatorOf(name, evidence.surface);
  const since = evidence.surface.contract[name]?.since ?? row?.since;
  const isGone = probe.empty === "gone";
  const limit = evidence.limited.get(name);
  return {
    name,
    family: familyOf(name),
    area: areaOf(name),
    scope: probe.scope,
    ...(row?.scope === "dynamic" ? { dynamic: true as const } : {}),
    role: probe.scope === "node" ? "node" : "operator",
    owner: row === undefined && !isGone ? "plugin" : "core",
    status: isGone ? "gone" : evidence.advertised.has(name) ? "advertised" : "hidden",
    empty: probe.empty,
    ...(validator === undefined ? {} : { params: hashOf(evidence.surface.schemas[validator]) }),
    ...(since === undefined ? {} : { since }),
    ...(limit === undefined ? {} : { controlPlaneWrite: limit }),
    ...(row?.startup === undefined ? {} : { waitsForStart: true as const }),
  };
}

function hashOf(schema: unknown): string {
  return createHash("sha256").update(JSON.stringify(schema)).digest("hex").slice(0, 16);
}

async function readHello(
  target: Target,
): Promise<{ protocol: number; features: HelloFeatures; challengeCapabilities: readonly string[] }> {
  await using admin = await Wire.open(target, EVERY_SCOPE);
  // hello-ok as the reference sends it: the one place where its shape is taken on trust, and checkManifest looks after
  const hello = admin.hello as { protocol: number; features: HelloFeatures };
  return { ...hello, challengeCapabilities: admin.challengeCapabilities };
}
