import { z } from "zod";
import { AREAS } from "./areas.ts";
import { isSubstantial, Pointer } from "./expect-schema.ts";
import { ProviderReply } from "./provider-schema.ts";
import { STEP_SCHEMAS, type Step, VERBS, type Verb } from "./step-schema.ts";

/** How much of a gateway a scenario needs for itself; see docs/howto/add-a-scenario.md. */
export const NEEDS = ["shared", "fresh", "restart", "reconfigure"] as const;

/** What may differ between two gateways at one place of one scenario, and why. */
export const CompareRule = z.strictObject({
  /** Method, event name, or "http"; "*" for all. */
  on: z.string().default("*"),
  step: z.string().optional(),
  /** JSON pointer from the frame on; a segment * is any one key, ** any depth. */
  path: Pointer,
  rule: z.enum(["bind", "same-order", "set-equal", "within", "volatile", "prose"]),
  /** within: the allowed distance of the two numbers. */
  within: z.number().positive().optional(),
  why: z.string().min(8),
});
export type CompareRule = z.infer<typeof CompareRule>;

const Setup = z.strictObject({
  /** Merged over the base config; null removes a key. Values may use ${port} ${home} ${providerUrl} ${token}. */
  config: z.record(z.string(), z.unknown()).default({}),
  /** The whole config file as text, instead of base and merge. */
  configText: z.string().optional(),
  env: z.record(z.string(), z.string()).default({}),
  /** path below HOME -> content, written before the start. */
  files: z.record(z.string(), z.string()).default({}),
  /** A folder under corpus/fixtures/ that is copied over HOME before the start. */
  fixture: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]*$/)
    .optional(),
  /** Wire format of the fake model provider. */
  api: z
    .enum(["openai-completions", "openai-responses", "anthropic-messages", "google-generative-ai", "ollama"])
    .default("openai-completions"),
  /** The gateway is expected to refuse to start; only `gateway` and `readFile` steps make sense then. */
  startFails: z.strictObject({ exitCode: z.int(), stderr: z.string().optional() }).optional(),
});
export type Setup = z.infer<typeof Setup>;

const Header = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)+$/, "family/topic, as the file's path under corpus/"),
  title: z.string().min(5),
  area: z.enum(AREAS),
  /** Rule ids of docs/PROTOCOL.md, requirement ids, or method names. */
  covers: z.array(z.string()).min(1),
  needs: z.enum(NEEDS).default("shared"),
  /** Written by the sweep generator: `expect` may be as little as { ok } or { ok, code }. */
  generated: z.boolean().default(false),
  setup: Setup.default(Setup.parse({})),
  provider: z.array(ProviderReply).default([]),
  /** What else is held against the golden besides answers: event streams and outgoing calls. */
  planes: z
    .strictObject({ events: z.boolean().default(true), outgoing: z.boolean().default(true) })
    .default({ events: true, outgoing: true }),
  /** Global events this scenario is not about, left out of the comparison besides the stray ones. */
  ignoreEvents: z.array(z.string()).default([]),
  steps: z.array(z.unknown()).min(1),
  compare: z.array(CompareRule).default([]),
});

export type Scenario = Omit<z.infer<typeof Header>, "steps"> & { readonly steps: readonly Step[] };

export class ScenarioError extends Error {
  override readonly name = "ScenarioError";
}

function verbOf(raw: unknown, at: string): { verb: Verb; fields: Record<string, unknown> } {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    throw new ScenarioError(`${at}: a step is a map with one verb (${VERBS.join(", ")})`);
  }
  const found = VERBS.filter((verb) => Object.hasOwn(raw, verb));
  const verb = found[0];
  if (verb === undefined || found.length > 1) {
    throw new ScenarioError(
      `${at}: a step has exactly one verb of ${VERBS.join(", ")}; found ${found.join(" and ") || "none"}`,
    );
  }
  return { verb, fields: { ...raw } };
}

/** `1-connect`, `4-sessions.list`: readable, and unique by the number. */
function defaultId(index: number, verb: Verb, fields: Record<string, unknown>): string {
  const word = verb === "call" ? String(fields["call"]) : verb;
  return `${index + 1}-${word.replace(/[^A-Za-z0-9._-]/g, "-")}`;
}

function parseStep(raw: unknown, index: number, where: string): Step {
  const at = `${where}: step ${index + 1}`;
  const { verb, fields } = verbOf(raw, at);
  const parsed = STEP_SCHEMAS[verb].safeParse(fields);
  if (!parsed.success) throw new ScenarioError(`${at} (${verb}): ${z.prettifyError(parsed.error)}`);
  const id = parsed.data.id ?? defaultId(index, verb, fields);
  // The verb decides the schema, so the union is sound; the compiler cannot see it through the table.
  return { ...parsed.data, verb, id } as Step;
}

/** An answer that is said to be fine has to say what is in it: two gateways may agree on emptiness. */
function refuseVacuous(scenario: Scenario, where: string): void {
  const vacuous = scenario.steps.filter((step) => {
    if (step.verb === "call")
      return scenario.generated ? false : step.expect?.ok !== false && !isSubstantial(step.expect);
    if (step.verb === "http" || step.verb === "readFile" || step.verb === "cli")
      return !isSubstantial(step.expect);
    return false;
  });
  if (vacuous.length === 0) return;
  const ids = vacuous.map((step) => step.id).join(", ");
  throw new ScenarioError(
    `${where}: vacuous agreement: step ${ids} must expect a refusal (ok: false) or say what is in the answer ` +
      `(nonEmpty, equals, matches, count, includes ...)`,
  );
}

function refuseDangling(scenario: Scenario, where: string): void {
  const seen = new Map<string, Step>();
  for (const step of scenario.steps) {
    if (seen.has(step.id)) throw new ScenarioError(`${where}: two steps are called ${step.id}`);
    seen.set(step.id, step);
    if (step.verb !== "settle") continue;
    for (const id of step.settle) {
      const target = seen.get(id);
      if (target?.verb !== "call" || !target.background) {
        throw new ScenarioError(
          `${where}: step ${step.id} settles ${id}, which is no earlier background call`,
        );
      }
    }
  }
  const alone = scenario.steps.some((step) => step.verb === "writeConfig" || step.verb === "gateway");
  if (alone && scenario.needs === "shared") {
    throw new ScenarioError(
      `${where}: writeConfig and gateway steps need \`needs: restart\` or \`reconfigure\``,
    );
  }
}

export function parseScenario(raw: unknown, where: string): Scenario {
  const header = Header.safeParse(raw);
  if (!header.success) throw new ScenarioError(`${where}: ${z.prettifyError(header.error)}`);
  const steps = header.data.steps.map((step, index) => parseStep(step, index, where));
  const scenario: Scenario = { ...header.data, steps };
  refuseDangling(scenario, where);
  refuseVacuous(scenario, where);
  return scenario;
}

/** Steps of a generated scenario that do not yet say ok or not; `record --fill` writes it down. */
export function unstatedSteps(scenario: Scenario): readonly Step[] {
  if (!scenario.generated) return [];
  return scenario.steps.filter((step) => step.verb === "call" && step.expect?.ok === undefined);
}
