import type { ManifestMethod } from "../freeze/manifest.ts";
import { parseScenario, type Scenario } from "../scenario/schema.ts";
import { EVERY_SCOPE, needsOf, settled, sweepStem } from "../sweep/scenario.ts";
import { type Call, callsOf, type Limits } from "./calls.ts";
import type { Asked } from "./contracts.ts";
import { preparedFor } from "./prepared.ts";
import type { Shape } from "./values.ts";

/** A gateway of its own for all of this: what is asked here leaves traces. */
const SETUP = {
  env: { REFEREE_CORPUS: "differ" },
  files: { ".openclaw/workspace/notes.txt": "hello\n" },
};
/** Writes to the configuration are counted, thirty in a minute; more of them would only ever be told that. */
const CONTROL_WRITES_MAX = 24;
/** What the fake provider would be asked is not this command's question. */
const PLANES = { events: false, outgoing: false };
const TIMEOUT_MS = 20_000;

/** One scenario per family, which nobody keeps: the questions, and what has to be there for them. */
export function differScenarios(
  asked: readonly Asked[],
  methods: ReadonlyMap<string, ManifestMethod>,
  limits: Limits,
): readonly Scenario[] {
  const families = Map.groupBy(
    asked.filter(({ method }) => methods.get(method)?.role === "operator"),
    ({ method }) => methods.get(method)?.family ?? "",
  );
  return [...families].map(([family, list]) => scenarioOf(family, list, methods, limits));
}

function scenarioOf(
  family: string,
  asked: readonly Asked[],
  methods: ReadonlyMap<string, ManifestMethod>,
  limits: Limits,
): Scenario {
  const { steps, values } = preparedFor(family);
  const calls = asked.flatMap(({ method, params }) => {
    const isCounted = methods.get(method)?.controlPlaneWrite !== undefined;
    const callsMax = isCounted ? Math.min(CONTROL_WRITES_MAX, limits.callsMax) : limits.callsMax;
    return callsFor(method, params, values, { ...limits, callsMax });
  });
  return parseScenario(
    {
      id: `differ/${sweepStem(family)}`,
      title: `generated questions to ${family}`,
      area: "sweep",
      covers: asked.map(({ method }) => method),
      needs: needsOf(family),
      generated: true,
      setup: SETUP,
      planes: PLANES,
      steps: [
        { id: "connect", as: "admin", connect: { scopes: EVERY_SCOPE } },
        ...settled(family),
        ...steps.map((step, index) => ({ id: `prepare-${index + 1}`, as: "admin", ...step, expect: {} })),
        ...calls.map((step) => ({ ...step, as: "admin", expect: {}, timeoutMs: TIMEOUT_MS })),
      ],
    },
    `differ ${family}`,
  );
}

function callsFor(
  method: string,
  params: Shape | null,
  values: Readonly<Record<string, string>>,
  limits: Limits,
): readonly { readonly id: string; readonly call: string; readonly params: unknown }[] {
  const generated = callsOf(method, params, limits);
  const made = generated.flatMap((one) => aboutWhatWasMade(one, values));
  // Deletions come last in a family's list of methods only by chance, so what is there is asked about first.
  return [...made, ...generated].map(({ name, params: sent }) => ({
    id: `${method}+${name}`,
    call: method,
    params: sent,
  }));
}

/** The same question about the thing that was made before, where it names one. */
function aboutWhatWasMade(call: Call, values: Readonly<Record<string, string>>): readonly Call[] {
  const { params } = call;
  if (typeof params !== "object" || params === null) return [];
  const named = Object.keys(params).filter((name) => values[name] !== undefined);
  if (named.length === 0) return [];
  const changed = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, values[name] ?? value]),
  );
  return [{ name: `made-${call.name}`, params: changed }];
}
