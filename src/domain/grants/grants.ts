import { createHash } from "node:crypto";
import { POLICY } from "../../../schemas/policy.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Grant, GrantedTools, Grants, ToolServer } from "./index.ts";

const TOKEN_BYTES = 32;

export function createGrants(parts: {
  readonly server: ToolServer;
  readonly tools: GrantedTools;
  readonly clock: Clock;
  readonly ids: Ids;
}): Grants {
  const { clock, ids } = parts;
  // By the mark of the token: who compares finds nothing out by the time it takes.
  const granted = new Map<string, Grant>();
  let serving: ReturnType<ToolServer["open"]> | undefined;

  function find(token: string): Grant | undefined {
    const grant = granted.get(markOf(token));
    if (grant === undefined || grant.expiresAtMs > clock.now()) return grant;
    granted.delete(markOf(token));
    return undefined;
  }

  function makeRoom(): void {
    const now = clock.now();
    for (const [mark, grant] of granted) if (grant.expiresAtMs <= now) granted.delete(mark);
    const oldest = granted.keys().next();
    if (granted.size >= POLICY.grantsMax && !oldest.done) granted.delete(oldest.value);
  }

  return {
    async issue({ sessionKey, agentId, ttlMs }) {
      serving ??= parts.server.open(find, parts.tools);
      // A server that could not be opened is tried again with the next grant.
      serving.catch(() => (serving = undefined));
      const { url } = await serving;
      makeRoom();
      const token = Buffer.from(ids.token(TOKEN_BYTES), "base64url").toString("hex");
      const grant = { token, sessionKey, agentId, expiresAtMs: clock.now() + ttlMs };
      granted.set(markOf(token), grant);
      return { ...grant, url };
    },
    revoke(token) {
      const isThere = find(token) !== undefined;
      granted.delete(markOf(token));
      return isThere;
    },
    async close() {
      granted.clear();
      await (await serving?.catch(() => undefined))?.close();
    },
  };
}

function markOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
