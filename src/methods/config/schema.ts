import { configSchema, configSchemaLookup } from "../../../schemas/methods/config/schema.ts";
import { REFERENCE_VERSION } from "../../../schemas/reference.ts";
import { describeKey, describeKeySpace } from "../../domain/config/describe.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(configSchema, async (call) => ({
    ...(await describeKeySpace()),
    version: REFERENCE_VERSION,
    generatedAt: new Date(call.deps.clock.now()).toISOString(),
  })),
  method(configSchemaLookup, async (call) => {
    const description = await describeKey(call.params.path);
    if (description === undefined) throw invalidRequest("config schema path not found");
    return description;
  }),
] satisfies Method[];
