import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Documents } from "../documents/index.ts";

/** A named value that is kept beside the configuration. */
export interface StoredSecret {
  readonly name: string;
  readonly kind: "secret" | "env";
  readonly value: string;
  readonly allowedHosts?: readonly string[];
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly updatedBy: string;
}

export interface Secrets {
  list(): Promise<readonly StoredSecret[]>;
  set(secret: Pick<StoredSecret, "name" | "kind" | "value" | "allowedHosts" | "updatedBy">): Promise<void>;
  /** False when there was none of that name. */
  remove(name: string): Promise<boolean>;
}

const SCOPE = "secrets";
const HOST =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i;

export function createSecrets(documents: Documents, clock: Pick<Clock, "now">): Secrets {
  // What stands in the scope was written below and nowhere else.
  const read = async (name: string) => (await documents.read(SCOPE, name)) as StoredSecret | undefined;

  return {
    async list() {
      const found: StoredSecret[] = [];
      for (const name of await documents.names(SCOPE)) {
        const secret = await read(name);
        if (secret !== undefined) found.push(secret);
      }
      return found;
    },
    async set(secret) {
      const hosts = hostsOf(secret);
      const now = clock.now();
      const createdAtMs = (await read(secret.name))?.createdAtMs ?? now;
      await documents.write(SCOPE, secret.name, {
        ...secret,
        ...hosts,
        createdAtMs,
        updatedAtMs: now,
      });
    },
    async remove(name) {
      if ((await read(name)) === undefined) return false;
      await documents.write(SCOPE, name, undefined);
      return true;
    },
  };
}

/** The hosts that a secret may be sent to, each once; none is a list of none. Plain values go anywhere. */
function hostsOf({ kind, allowedHosts }: Pick<StoredSecret, "kind" | "allowedHosts">): {
  readonly allowedHosts?: readonly string[];
} {
  if (kind === "env") {
    if (allowedHosts === undefined) return {};
    throw invalidRequest("Allowed hosts apply only to secret entries.");
  }
  for (const host of allowedHosts ?? []) checkHost(host);
  return { allowedHosts: [...new Set(allowedHosts?.map((host) => host.trim().toLowerCase()))] };
}

function checkHost(host: string): void {
  const said = `Allowed host ${JSON.stringify(host)}`;
  if (host.includes("*")) throw invalidRequest(`${said} cannot contain a wildcard; use one exact hostname.`);
  if (HOST.test(host.trim())) return;
  throw invalidRequest(`${said} must be a hostname without a scheme, path, wildcard, or port.`);
}
