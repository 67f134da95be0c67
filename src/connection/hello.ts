import { POLICY } from "../../schemas/policy.ts";
import {
  FEATURE_CAPABILITIES,
  FEATURE_EVENTS,
  PROTOCOL_VERSION,
  REFERENCE_VERSION,
} from "../../schemas/reference.ts";
import type { Accepted } from "../auth/admission.ts";

/** What the rest of the gateway contributes to `hello-ok`. */
export interface HelloSource {
  readonly methods: readonly string[];
  readonly bootId: string;
  /** `hello-ok.snapshot`; some members are for admins only. */
  snapshot(isAdmin: boolean): Record<string, unknown>;
}

/** The payload that ends the handshake. */
export function helloOk(source: HelloSource, connId: string, admission: Accepted): Record<string, unknown> {
  return {
    type: "hello-ok",
    protocol: PROTOCOL_VERSION,
    server: { version: REFERENCE_VERSION, bootId: source.bootId, connId },
    features: {
      methods: source.methods,
      events: FEATURE_EVENTS,
      capabilities: FEATURE_CAPABILITIES,
    },
    snapshot: source.snapshot(admission.scopes.includes("operator.admin")),
    auth: admission.auth,
    policy: {
      maxPayload: POLICY.frameBytesMax,
      maxBufferedBytes: POLICY.bufferedBytesMax,
      tickIntervalMs: POLICY.tickIntervalMs,
      attachments: { maxBytes: POLICY.attachmentBytesMax, maxImageBytes: POLICY.imageBytesMax },
      allowedSessionVisibilities: ["shared", "read-only", "suggest", "draft"],
      hasMultipleSessionSharingIdentities: false,
    },
  };
}
