import { ConnectParams } from "../../schemas/handshake.ts";
import { compileParams, type ParamsCheck } from "../dispatch/params.ts";

/** Apart from the connection, so that the schema and its compiler load after the gateway listens. */
export function compileConnectParams(): Promise<ParamsCheck> {
  return compileParams(ConnectParams);
}
