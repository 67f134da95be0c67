import { secretsReload, secretsResolve } from "../../../schemas/methods/secrets/runtime.ts";
import { findRefs, knownTargets } from "../../domain/config/targets.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(secretsReload, async ({ deps }) => {
    try {
      await deps.config.refreshSecrets();
    } catch (error) {
      throw new ProtocolError("UNAVAILABLE", String(error), { retryable: false, cause: error });
    }
    deps.events.publish("chat.metadata.changed", {});
    return { ok: true, warningCount: 0 } as const;
  }),
  // A command of the CLI asks for what its part of the configuration refers to.
  method(secretsResolve, async ({ params, deps }) => {
    const { targetIds, allowedPaths } = checkParams(params);
    const known = await knownTargets();
    const stranger = targetIds.find((id) => !known.has(id));
    if (stranger !== undefined) throw invalid(`unknown target id "${stranger}"`);
    const refs = findRefs(deps.config.snapshot().source, targetIds).filter(
      ({ path }) => allowedPaths?.includes(path) ?? true,
    );
    const found = await Promise.all(
      refs.map(async ({ path, segments, value }) => ({
        path,
        pathSegments: [...segments],
        // What leads nowhere is nothing that a command could use: it goes without.
        value: await deps.config.reveal(value).catch(() => undefined),
      })),
    );
    const assignments = found.filter(({ value }) => value !== undefined);
    return { ok: true as const, assignments, diagnostics: [], inactiveRefPaths: [] };
  }),
] satisfies Method[];

const MEMBERS: ReadonlySet<string> = new Set([
  "commandName",
  "targetIds",
  "allowedPaths",
  "forcedActivePaths",
  "optionalActivePaths",
  "providerOverrides",
]);
const LISTS = ["allowedPaths", "forcedActivePaths", "optionalActivePaths"] as const;

function invalid(problem: string): ProtocolError {
  return invalidRequest(`invalid secrets.resolve params: ${problem}`);
}

function checkParams(params: Readonly<Record<string, unknown>>): {
  targetIds: readonly string[];
  allowedPaths: readonly string[] | undefined;
} {
  if (typeof params !== "object" || Array.isArray(params)) throw invalid("targetIds");
  const { commandName, targetIds, allowedPaths } = params;
  if (typeof commandName !== "string" || commandName.trim() === "") throw invalid("commandName");
  for (const name of LISTS) if (params[name] !== undefined && !isTexts(params[name])) throw invalid(name);
  if (!isTexts(targetIds) || Object.keys(params).some((name) => !MEMBERS.has(name)))
    throw invalid("targetIds");
  return { targetIds, allowedPaths: isTexts(allowedPaths) ? allowedPaths : undefined };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string" && item !== "");
}
