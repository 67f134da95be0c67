import type { ConnectParams } from "../../schemas/handshake.ts";
import type { ConfigSource } from "../domain/config/index.ts";
import type { Peer, Refused } from "./admission.ts";
import { isBrowserCopilot, isCopilotComplete, isWebPage, isWorker } from "./client-kind.ts";
import { isExtensionOrigin, originProblem } from "./origin.ts";
import { PROTOCOL, PROTOCOL_OF_NODES_MIN, speaksOurProtocol } from "./protocol-range.ts";
import {
  refusedCopilotCaps,
  refusedCopilotOrigin,
  refusedOrigin,
  refusedProtocol,
  refusedRole,
  refusedWorker,
} from "./refusals.ts";

/** What is wrong with a request whoever sends it. */
export function refusedByForm(params: ConnectParams): Refused | undefined {
  if (isWorker(params)) return refusedWorker();
  if (!speaksOurProtocol(params)) return refusedProtocol(params, PROTOCOL, PROTOCOL_OF_NODES_MIN);
  if (params.role !== undefined && params.role !== "operator" && params.role !== "node") return refusedRole();
  if (isBrowserCopilot(params.client) && !isCopilotComplete(params.client, params.caps ?? [])) {
    return refusedCopilotCaps();
  }
  return undefined;
}

/** Whoever sends an Origin is held to it, and pages must send one. */
export function refusedByOrigin(
  params: ConnectParams,
  peer: Peer,
  config: ConfigSource,
): Refused | undefined {
  const { origin, host } = peer.headers;
  if (isBrowserCopilot(params.client) && !isExtensionOrigin(origin)) return refusedCopilotOrigin();
  if (!isWebPage(params.client) && !origin) return undefined;
  const { controlUi } = config.current().gateway;
  const problem = originProblem(
    { origin, host, isLoopback: peer.isLoopback },
    {
      allowedOrigins: controlUi.allowedOrigins,
      mayMatchHostHeader: controlUi.dangerouslyAllowHostHeaderOriginFallback,
    },
  );
  return problem === undefined ? undefined : refusedOrigin(problem);
}
