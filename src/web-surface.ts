import path from "node:path";
import { POLICY } from "../schemas/policy.ts";
import { REFERENCE_VERSION } from "../schemas/reference.ts";
import { createMediaFiles } from "./adapters/media/index.ts";
import type { Agents } from "./domain/agents/index.ts";
import type { ConfigSource } from "./domain/config/index.ts";
import type { Clock } from "./platform/clock.ts";
import type { Ids } from "./platform/ids.ts";
import type { MediaFiles } from "./transport/control-ui/assistant-media.ts";
import { createControlUi, type WebAnswer, type WebRequest } from "./transport/control-ui/index.ts";

export interface WebSurfaceParts {
  readonly config: ConfigSource;
  readonly agents: Agents;
  readonly uptimeMs: () => number;
  readonly connections: () => number;
  readonly isAuthorized: (bearer: string | undefined) => boolean;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Pick<Ids, "uuid">;
  /** The value of PATH, where an installed reference is looked for. */
  readonly searchPath: string;
}

/** The hosted Control UI as this gateway's configuration wants it; undefined when it is turned off. */
export function composeWebSurface(
  parts: WebSurfaceParts,
): ((request: WebRequest) => Promise<WebAnswer | undefined>) | undefined {
  const { controlUi } = parts.config.current().gateway;
  if (!controlUi.enabled) return undefined;
  const surface = createControlUi({
    basePath: controlUi.basePath,
    isTerminalEnabled: isTerminalEnabled(parts.config.current().gateway["terminal"]),
    search: {
      ...(controlUi.root === undefined ? {} : { configured: controlUi.root }),
      path: parts.searchPath,
      besides: [path.dirname(parts.config.path)],
    },
    isAuthorized: (request) => Promise.resolve(parts.isAuthorized(bearerOf(request))),
    bootConfig: () => bootConfigOf(parts),
    media: {
      files: mediaFiles(parts.config.stateDir),
      clock: parts.clock,
      key: parts.ids.uuid(),
      ticketMs: POLICY.mediaTicketMs,
    },
    state: () => ({
      version: REFERENCE_VERSION,
      connections: parts.connections(),
      uptimeMs: parts.uptimeMs(),
    }),
  });
  return (request) => surface.handle(request);
}

function mediaFiles(stateDir: string): MediaFiles {
  const { read } = createMediaFiles(stateDir);
  return {
    async read(name) {
      const base64 = await read(name);
      return base64 === undefined ? undefined : Buffer.from(base64, "base64");
    },
  };
}

/** What the Control UI wants to know before it connects: who it shows, and what it may do. */
function bootConfigOf({ config, agents }: WebSurfaceParts): Readonly<Record<string, unknown>> {
  const { gateway } = config.current();
  const { controlUi } = gateway;
  const agentId = agents.defaultId;
  const agent = agents.get(agentId);
  const { name: given, avatar } = agent?.identity ?? {};
  const name = typeof given === "string" ? given : (agent?.name ?? "Assistant");
  return {
    assistantName: name,
    assistantAvatar: typeof avatar === "string" ? avatar : name.charAt(0).toUpperCase(),
    assistantAvatarSource: null,
    assistantAvatarStatus: null,
    assistantAvatarReason: null,
    assistantAgentId: agentId,
    serverVersion: REFERENCE_VERSION,
    embedSandbox: controlUi.embedSandbox,
    allowExternalEmbedUrls: controlUi.allowExternalEmbedUrls,
    automaticallyFetchFavicons: controlUi["automaticallyFetchFavicons"] !== false,
    communityInvite: controlUi["communityInvite"] !== false,
    terminalEnabled: isTerminalEnabled(gateway["terminal"]),
    cliAgentsEnabled: true,
    pluginAssetsRequireAuth: true,
    pluginFrameGrants: [],
  };
}

function isTerminalEnabled(terminal: unknown): boolean {
  return typeof terminal !== "object" || terminal === null || Reflect.get(terminal, "enabled") !== false;
}

function bearerOf(request: WebRequest): string | undefined {
  return /^Bearer\s+(.+)$/i.exec(request.headers["authorization"] ?? "")?.[1]?.trim();
}
