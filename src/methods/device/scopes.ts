import {
  deviceScopesRequestUpgrade,
  deviceScopesWaitUpgrade,
} from "../../../schemas/methods/device/scopes.ts";
import { POLICY } from "../../../schemas/policy.ts";
import { closedScopes, type Devices, holdsScopes, KNOWN_SCOPES } from "../../domain/devices/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Caller, type Method, method } from "../method.ts";

export default [
  method(deviceScopesRequestUpgrade, ({ caller, params: { scopes }, deps: { devices } }) => {
    const deviceId = pairedDeviceOf(caller, devices);
    if (!scopes.every((scope) => KNOWN_SCOPES.includes(scope))) {
      throw invalidRequest("requested scopes contain an unknown operator scope");
    }
    if (!holdsScopes(scopes, caller.scopes)) {
      throw invalidRequest("requested scopes must include the connection's current scopes");
    }
    return { requestId: devices.requestUpgrade(deviceId, closedScopes(scopes)).requestId };
  }),
  method(deviceScopesWaitUpgrade, async ({ caller, params: { requestId }, signal, deps }) => {
    const { devices } = deps;
    const deviceId = pairedDeviceOf(caller, devices);
    const state = devices.stateOf(requestId);
    if (state?.deviceId !== deviceId) throw invalidRequest("scope upgrade expired or not found");
    const decision = state.decision === "pending" ? await settled(deps, requestId, signal) : state.decision;
    if (decision === "expired") throw invalidRequest("scope upgrade expired or not found");
    if (decision === "rejected") return { status: "rejected" as const, requestId };
    const scopes = devices.get(deviceId)?.tokens.find(({ role }) => role === "operator")?.scopes ?? [];
    const issued = await devices.issueToken(deviceId, "operator", scopes);
    if (issued === undefined) throw invalidRequest("scope upgrade expired or not found");
    return { status: "approved" as const, requestId, deviceToken: issued.token, scopes: [...scopes] };
  }),
] satisfies Method[];

/** Only a device can be approved for more, and only its own connection is told the new token. */
function pairedDeviceOf(caller: Caller, devices: Devices): string {
  const { deviceId } = caller;
  if (deviceId !== undefined && devices.get(deviceId) !== undefined) return deviceId;
  throw invalidRequest(
    "device scope upgrade requires a paired browser identity; reopen the Control UI over HTTPS or localhost, then retry",
    { details: { code: "DEVICE_IDENTITY_REQUIRED", recommendedNextStep: "reopen_control_ui_securely" } },
  );
}

/** Waits for a decision, until nobody can take it any more: the request is forgotten, or its connection gone. */
function settled(
  { devices, clock }: Pick<Deps, "devices" | "clock">,
  requestId: string,
  signal: AbortSignal,
): Promise<"approved" | "rejected" | "expired"> {
  const { promise, resolve } = Promise.withResolvers<"approved" | "rejected" | "expired">();
  const expire = () => resolve("expired");
  const stop = devices.onSettled(({ request, decision }) => {
    if (request.requestId === requestId) resolve(decision);
  });
  const timer = clock.after(POLICY.pairingRequestMs, expire);
  signal.addEventListener("abort", expire, { once: true });
  return promise.finally(() => {
    stop();
    timer.cancel();
    signal.removeEventListener("abort", expire);
  });
}
