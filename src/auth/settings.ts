import type { Config } from "../domain/config/index.ts";

/** `gateway.auth` of the configuration, secrets resolved. */
export type GatewayAuth = Config["gateway"]["auth"];
