import { configSchema, configSchemaLookup } from "../../../schemas/methods/config/schema.ts";
import { REFERENCE_VERSION } from "../../../schemas/reference.ts";
import { describeKey, describeKeySpace } from "../../domain/config/describe.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** Taken in a file, and no setting to show in a form: what marks the file for an editor, and what is ours alone. */
const UNNAMED: ReadonlySet<string> = new Set(["$schema", "understudy"]);

function withoutUnnamed<T extends { readonly schema: unknown }>(description: T): T {
  const { properties, ...schema } = Object(description.schema) as { readonly properties?: object };
  const named = Object.entries(properties ?? {}).filter(([key]) => !UNNAMED.has(key));
  return { ...description, schema: { ...schema, properties: Object.fromEntries(named) } };
}

export default [
  method(configSchema, async (call) => ({
    ...withoutUnnamed(await describeKeySpace()),
    version: REFERENCE_VERSION,
    generatedAt: new Date(call.deps.clock.now()).toISOString(),
  })),
  method(configSchemaLookup, async (call) => {
    const description = await describeKey(call.params.path);
    if (description === undefined) throw invalidRequest("config schema path not found");
    return description;
  }),
] satisfies Method[];
