export { createGrants } from "./grants.ts";

/** The right to use the tools of one session from a program beside the gateway, for a while. */
export interface Grant {
  readonly token: string;
  readonly sessionKey: string;
  readonly agentId: string;
  readonly expiresAtMs: number;
}

/** A tool as a program is told of it. */
export interface OfferedTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: unknown;
}

/** What a program that came with a token may do. */
export interface GrantedTools {
  list(grant: Grant): Promise<readonly OfferedTool[]>;
  call(
    grant: Grant,
    call: { readonly name: string; readonly args: unknown; readonly signal: AbortSignal },
  ): Promise<{ readonly text: string; readonly isError: boolean }>;
}

/** Serves the tools to programs of this machine. Implemented by an adapter. */
export interface ToolServer {
  open(
    find: (token: string) => Grant | undefined,
    tools: GrantedTools,
  ): Promise<{ readonly url: string; close(): Promise<void> }>;
}

/** Grants to programs. They end with their time, when they are revoked, and with the gateway. */
export interface Grants {
  /** Serves the tools from the first grant on. */
  issue(input: {
    readonly sessionKey: string;
    readonly agentId: string;
    readonly ttlMs: number;
  }): Promise<Grant & { readonly url: string }>;
  /** False when there was no such grant. */
  revoke(token: string): boolean;
  close(): Promise<void>;
}
