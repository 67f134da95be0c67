import { ConnectParams } from "../../schemas/handshake.ts";
import { type ParamsCheck, paramsCheck } from "../dispatch/params.ts";

/** Apart from the connection, so that the schema and its compiler load after the gateway listens. */
export function compileConnectParams(): ParamsCheck {
  return paramsCheck(ConnectParams);
}
