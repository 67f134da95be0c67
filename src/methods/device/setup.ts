import { networkInterfaces } from "node:os";
import { devicePairSetupCode, devicePairSetupStatus } from "../../../schemas/methods/device/setup.ts";
import type { Config, ConfigSource } from "../../domain/config/index.ts";
import {
  isThisMachine,
  readSetupUrl,
  type SetupPayload,
  type SetupProfile,
  type SetupUrl,
} from "../../domain/devices/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

const NOWHERE =
  "Gateway is only bound to loopback. Set gateway.bind=lan, enable tailscale serve, or configure plugins.entries.device-pair.config.publicUrl.";
const JOIN_IN_THE_CLEAR =
  "Error: Join URLs require a TLS gateway endpoint, except for loopback. Use the setup code directly for plaintext LAN pairing.";

export default [
  method(devicePairSetupCode, async ({ params, deps: { config, devices } }) => {
    const { bootstrapProfile, includeQr = true, joinUrl = false } = params;
    if (joinUrl && bootstrapProfile !== undefined && bootstrapProfile !== "node") {
      throw invalidRequest("Join URLs require bootstrapProfile=node.");
    }
    const { url, source, trust } = resolveUrl(params, config);
    if (joinUrl && trust !== "secure") {
      throw new ProtocolError("UNAVAILABLE", JOIN_IN_THE_CLEAR, { retryable: false });
    }
    // Whoever listens in on a network could be faster than the device: less is to be had there.
    const isDowngraded = trust === "private" && bootstrapProfile === undefined;
    const profile: SetupProfile = joinUrl
      ? "node"
      : (bootstrapProfile ?? (isDowngraded ? "limited" : "full"));
    const { setup, payload } = devices.setups.create(profile, url);
    const setupCode = Buffer.from(JSON.stringify(payload)).toString("base64url");
    const link = joinUrl ? { joinUrl: linkTo(payload, devices.setups.publish(payload)) } : {};
    await devices.setups.kept();
    return {
      setupId: setup.setupId,
      expiresAtMs: setup.expiresAtMs,
      setupCode,
      ...(includeQr ? { qrDataUrl: await qrOf(setupCode) } : {}),
      ...link,
      gatewayUrl: url,
      auth: config.current().gateway.auth.mode === "password" ? "password" : "token",
      urlSource: source,
      access: setup.access,
      ...(isDowngraded ? { accessDowngraded: true } : {}),
    };
  }),
  method(devicePairSetupStatus, ({ params: { setupId }, deps: { devices } }) => {
    const completion = devices.setups.completionOf(setupId);
    return completion === undefined ? {} : { completion };
  }),
] satisfies Method[];

/** The page of the same server that hands the code over. */
function linkTo({ url }: SetupPayload, code: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol === "wss:" ? "https" : "http"}://${host}/j/${code}`;
}

async function qrOf(text: string): Promise<string> {
  const { qrPng } = await import("../../platform/qr.ts");
  return `data:image/png;base64,${qrPng(text).toString("base64")}`;
}

/** The address that the client names, or that the configuration does, or that the gateway listens on. */
function resolveUrl(
  params: { readonly publicUrl?: string; readonly preferRemoteUrl?: boolean },
  config: ConfigSource,
): SetupUrl {
  const { gateway, plugins } = config.current();
  const asked = params.publicUrl?.trim() ?? "";
  if (asked !== "") return readSetupUrl(asked, "request.publicUrl");
  const remote = memberText(gateway["remote"], "url");
  if (params.preferRemoteUrl === true && remote !== undefined)
    return readSetupUrl(remote, "gateway.remote.url");
  const entry = member(member(plugins, "entries"), "device-pair");
  const configured = memberText(member(entry, "config"), "publicUrl");
  if (configured !== undefined) {
    return readSetupUrl(configured, "plugins.entries.device-pair.config.publicUrl");
  }
  const host = listeningHost(gateway);
  if (host === undefined || isThisMachine(host)) throw invalidRequest(NOWHERE);
  return readSetupUrl(`ws://${host}:${gateway.port}`, `gateway.bind=${gateway.bind}`);
}

function listeningHost({ bind, customBindHost }: Config["gateway"]): string | undefined {
  if (bind === "custom") return customBindHost;
  if (bind !== "lan") return undefined;
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === "IPv4" && !internal)?.address;
}

function member(from: unknown, name: string): unknown {
  return typeof from === "object" && from !== null ? (Reflect.get(from, name) as unknown) : undefined;
}

function memberText(from: unknown, name: string): string | undefined {
  const value = member(from, name);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
