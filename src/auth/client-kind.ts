import type { ConnectParams } from "../../schemas/handshake.ts";

type Client = Pick<ConnectParams["client"], "id" | "mode">;

/** Pages of a browser: they must say where they come from. */
export function isWebPage({ id, mode }: Client): boolean {
  return id === "openclaw-control-ui" || id === "webchat-ui" || mode === "webchat";
}

/** Clients whose people are told about Control UI settings when no device came along. */
export function isControlUi({ id }: Client): boolean {
  return id === "openclaw-control-ui" || id === "openclaw-tui";
}

export function isLocalBackend({ id, mode }: Client): boolean {
  return id === "gateway-client" && mode === "backend";
}

/** The two kinds of client that may act for the operator of this machine without a device of their own. */
export function keepsScopesWithoutDevice(client: Client): boolean {
  return isLocalBackend(client) || (client.id === "cli" && client.mode === "cli");
}

export function isWorker(params: Pick<ConnectParams, "role"> & { readonly client: Client }): boolean {
  return (
    params.role === "worker" || params.client.mode === "worker" || params.client.id === "openclaw-worker"
  );
}

export function isBrowserCopilot({ id }: Client): boolean {
  return id === "openclaw-browser-copilot";
}

const COPILOT_CAPS = ["run-tool-bindings", "session-scoped-events"];

export function isCopilotComplete(client: Client, caps: readonly string[]): boolean {
  return client.mode === "ui" && COPILOT_CAPS.every((cap) => caps.includes(cap));
}
