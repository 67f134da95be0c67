import { POLICY } from "../../schemas/policy.ts";
import {
  FEATURE_CAPABILITIES,
  FEATURE_EVENTS,
  PROTOCOL_VERSION,
  REFERENCE_VERSION,
} from "../../schemas/reference.ts";
import type { Accepted } from "../auth/admission.ts";
import { holdsScope } from "../auth/scopes.ts";

/** What the rest of the gateway contributes to `hello-ok`. */
export interface HelloSource {
  methods(peer: Greeted): readonly string[];
  readonly bootId: string;
  /** What was built, for web clients that came from here. */
  build(): Record<string, unknown>;
  /** The state that clients start from. */
  snapshot(): Record<string, unknown>;
  /** What only readers are told of it. */
  readerSnapshot(): Record<string, unknown>;
  /** What only admins are told of it: where the files are. */
  adminSnapshot(): Record<string, unknown>;
  /** What plugins show this peer. */
  pluginParts(peer: Greeted): Record<string, unknown>;
}

/** Who is greeted, as far as a greeting depends on it. */
export interface Greeted {
  readonly connId: string;
  readonly role: string;
  readonly scopes: readonly string[];
  readonly caps: readonly string[];
  /** The newest protocol that it speaks. */
  readonly protocolMax: number;
  /** The host it asked for, as it wrote it. */
  readonly host: string | undefined;
  /** Where the page came from, for a browser. */
  readonly origin: string | undefined;
  readonly isLoopback: boolean;
}

/** The payload that ends the handshake. */
export function helloOk(source: HelloSource, peer: Greeted, admission: Accepted): Record<string, unknown> {
  const isOperator = admission.role === "operator";
  const isReader = isOperator && holdsScope(admission.scopes, "operator.read");
  const isAdmin = isOperator && holdsScope(admission.scopes, "operator.admin");
  return {
    type: "hello-ok",
    protocol: PROTOCOL_VERSION,
    server: { version: REFERENCE_VERSION, ...source.build(), bootId: source.bootId, connId: peer.connId },
    features: { methods: source.methods(peer), events: FEATURE_EVENTS, capabilities: FEATURE_CAPABILITIES },
    snapshot: {
      ...source.snapshot(),
      ...(isReader ? source.readerSnapshot() : {}),
      ...(isAdmin ? source.adminSnapshot() : {}),
    },
    ...source.pluginParts(peer),
    auth: admission.auth,
    policy: HELLO_POLICY,
  };
}

const HELLO_POLICY = {
  maxPayload: POLICY.frameBytesMax,
  maxBufferedBytes: POLICY.bufferedBytesMax,
  tickIntervalMs: POLICY.tickIntervalMs,
  attachments: { maxBytes: POLICY.attachmentBytesMax, maxImageBytes: POLICY.imageBytesMax },
  allowedSessionVisibilities: ["shared", "read-only", "suggest", "draft"],
  hasMultipleSessionSharingIdentities: false,
};
