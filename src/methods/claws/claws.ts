import { clawsMonitors, clawsPackagesRemove } from "../../../schemas/methods/claws/claws.ts";
import { type Binding, checkBinding, monitorsOf, noRemoval } from "../../domain/claws/index.ts";
import { isRecord } from "../../domain/config/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** The members that each phase must have, and beside which it may have no others. */
const PHASES: Readonly<Record<string, readonly string[]>> = {
  inspect: ["phase", "agentId", "binding"],
  quiesce: ["phase", "agentId", "operationId", "monitors", "binding"],
  drain: ["phase", "agentId", "operationId", "binding"],
};
const BINDING = ["configPath", "statePath", "cronStorePath"];

export default [
  method(clawsMonitors, ({ params, deps }) => {
    const refusal = invalidRequest("Invalid Claw monitor cleanup parameters.");
    const { phase, agentId, monitors, operationId } = params;
    const members = PHASES[String(phase)];
    const binding = bindingOf(params["binding"]);
    if (members === undefined || binding === undefined || !hasOnly(params, members)) throw refusal;
    if (!isName(agentId) || (members.includes("operationId") && !isName(operationId))) throw refusal;
    if (phase === "quiesce" && !(Array.isArray(monitors) && monitors.every(isMonitor))) throw refusal;
    checkBinding(deps.config, binding);
    if (phase !== "inspect") throw noRemoval();
    return { monitors: monitorsOf(deps.cron, agentId, binding) };
  }),
  method(clawsPackagesRemove, ({ params, deps }) => {
    const refusal = invalidRequest("Invalid Claw package cleanup parameters.");
    const { packages, agentId, operationId } = params;
    const binding = bindingOf(params["binding"]);
    if (binding === undefined || !isName(agentId) || !isName(operationId)) throw refusal;
    if (!Array.isArray(packages) || packages.length === 0 || !packages.every(isRecord)) throw refusal;
    checkBinding(deps.config, binding);
    throw noRemoval();
  }),
] satisfies Method[];

function bindingOf(value: unknown): Binding | undefined {
  if (!isRecord(value) || !hasOnly(value, BINDING)) return undefined;
  const { configPath, statePath, cronStorePath } = value;
  if (!isName(configPath) || !isName(statePath) || !isName(cronStorePath)) return undefined;
  return { configPath, statePath, cronStorePath };
}

function isMonitor(value: unknown): boolean {
  return (
    isRecord(value) && isName(value["id"]) && isName(value["declarationKey"]) && isName(value["revision"])
  );
}

function hasOnly(value: Readonly<Record<string, unknown>>, members: readonly string[]): boolean {
  return members.every((key) => key in value) && Object.keys(value).every((key) => members.includes(key));
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
