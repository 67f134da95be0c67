import { gatewayIdentityGet } from "../../../schemas/methods/gateway/identity.ts";
import { type Method, method } from "../method.ts";

export default [
  method(gatewayIdentityGet, ({ deps: { identity } }) => ({
    deviceId: identity.deviceId,
    publicKey: identity.publicKey,
  })),
] satisfies Method[];
