/**
 * Our declared params against the runtime's own validators of an installed reference: the same accepted, the same
 * refused, in the same words. Needs `npm run reference:install`; run with `npm run test:reference`.
 */
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TOPICS } from "../methods/registry.gen.ts";
import { samplesNear } from "../testing/samples.ts";
import { explain } from "./explain.ts";

interface Validator {
  (value: unknown): boolean;
  readonly schema: Parameters<typeof explain>[0];
  readonly errors: unknown;
}
interface Runtime {
  readonly formatValidationErrors: (errors: unknown) => string;
  readonly [name: string]: unknown;
}

const SAMPLES = 300;
const root =
  process.env.UNDERSTUDY_REFERENCE ??
  join(process.env.UNDERSTUDY_CACHE ?? join(homedir(), ".cache", "understudy"), "reference-2026.9.6");
const entry = join(root, "node_modules", "openclaw", "dist", "gateway", "protocol", "index.js");
const runtime = (await import(pathToFileURL(entry).href)) as Runtime;
const validators = new Map(
  Object.entries(runtime)
    .filter(([name]) => /^validate.*Params$/.test(name))
    .map(([name, validator]) => [name.toLowerCase(), validator as Validator]),
);

/** Methods whose validator is not called after them. */
const CALLED_OTHERWISE: Readonly<Record<string, string>> = {
  "agent.identity.get": "validateAgentIdentityParams",
};

/** Validators that are more than their schema, so that the schema cannot say what they refuse. */
const MORE_THAN_A_SCHEMA: Readonly<Record<string, string>> = {
  validateenvironmentssessionexecparams: "actions require one another's arguments",
  validateworkerinferencecancelparams: "a function without a schema, for worker connections",
  validateworkerinferencestartparams: "a function without a schema, for worker connections",
  validateworkerliveeventparams: "looks for cycles and depth first, for worker connections",
  validateworkertranscriptcommitparams: "looks for cycles and depth first, for worker connections",
};

const contracts = (
  await Promise.all([...new Set(Object.values(TOPICS))].map(async (load) => (await load()).default))
).flatMap((methods) => methods.map(({ contract }) => contract));

function validatorOf(method: string): Validator | undefined {
  const name = CALLED_OTHERWISE[method] ?? `validate${method.replaceAll(/[.-]/g, "")}Params`;
  return validators.get(name.toLowerCase());
}

function theirs(validator: Validator, value: unknown): string | undefined {
  return validator(value) ? undefined : runtime.formatValidationErrors(validator.errors);
}

describe("[DP30] declared params are the runtime's", () => {
  const checked = contracts.filter(
    ({ method, params }) => params !== null && validatorOf(method) !== undefined,
  );
  test("there is something to compare", () => expect(checked.length).toBeGreaterThan(0));
  test.for(checked.map((contract) => [contract.method, contract] as const))("%s", ([method, { params }]) => {
    const validator = validatorOf(method);
    if (params === null || validator === undefined) throw new Error("filtered above");
    fc.assert(
      fc.property(samplesNear(validator.schema), (value) => {
        expect(explain(params, value)).toEqual(theirs(validator, value));
      }),
      { numRuns: SAMPLES },
    );
  });
});

describe("[DP31] any schema of the runtime is explained in its words", () => {
  test.for([...validators].filter(([name]) => !(name in MORE_THAN_A_SCHEMA)))("%s", ([, validator]) => {
    fc.assert(
      fc.property(samplesNear(validator.schema), (value) => {
        expect(explain(validator.schema, value)).toEqual(theirs(validator, value));
      }),
      { numRuns: SAMPLES },
    );
  });
});
