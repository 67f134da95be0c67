import { gatewayRestartPreflight, gatewayRestartRequest } from "../../../schemas/methods/gateway/restart.ts";
import { isRecord } from "../../domain/config/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

const REASON_CHARS_MAX = 200;

export default [
  method(gatewayRestartPreflight, ({ deps }) => deps.restarts.preflight()),
  method(gatewayRestartRequest, ({ params, deps }) => {
    if (!isRecord(params)) throw invalidRequest("invalid gateway.restart.request params");
    const { target, safe, restartIntent, skipDeferral } = params;
    if (target !== undefined) checkTarget(target, safe, restartIntent);
    const reason = typeof params["reason"] === "string" ? params["reason"].trim() : "";
    return deps.restarts.request({
      ...(reason === "" ? {} : { reason: reason.slice(0, REASON_CHARS_MAX) }),
      skipsDeferral: skipDeferral === true,
    });
  }),
] satisfies Method[];

/** A restart may be meant for one process only. This one holds no lock by which it could be told from another. */
function checkTarget(target: unknown, safe: unknown, intent: unknown): void {
  if (!isTarget(target)) throw invalidRequest("invalid targeted gateway restart");
  if (safe !== undefined && typeof safe !== "boolean") {
    throw invalidRequest("invalid safe targeted restart mode");
  }
  if (safe !== true) throw invalidRequest("target gateway no longer owns the active lock");
  if (intent !== undefined) throw invalidRequest("safe targeted restart does not accept intent");
}

function isTarget(target: unknown): boolean {
  if (!isRecord(target)) return false;
  const { pid, ownerId, port } = target;
  const isPositive = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) > 0;
  return isPositive(pid) && typeof ownerId === "string" && ownerId.trim() !== "" && isPositive(port);
}
