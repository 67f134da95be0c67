import { deviceTokenRevoke, deviceTokenRotate } from "../../../schemas/methods/device/token.ts";
import { type Method, method } from "../method.ts";

export default [
  method(deviceTokenRotate, async ({ caller, params, deps: { devices } }) => {
    const rotated = await devices.rotate(params.deviceId, params.role, params.scopes, caller);
    return { ...rotated, scopes: [...rotated.scopes] };
  }),
  method(deviceTokenRevoke, async ({ caller, params: { deviceId, role }, deps: { devices } }) => ({
    deviceId,
    role,
    revokedAtMs: await devices.revoke(deviceId, role, caller),
  })),
] satisfies Method[];
