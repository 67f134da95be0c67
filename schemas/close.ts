/** How this gateway closes a socket: the code and the reason that the peer reads. Rules are in docs/PROTOCOL.md. */
export interface Close {
  readonly code: number;
  readonly reason: string;
}

export const CLOSE = {
  /** [HS5] No `connect` within the handshake timeout; also [HS6] a first frame that is not JSON. */
  silent: { code: 1000, reason: "" },
  /** [HS7] The first frame is JSON and not a request. */
  invalidRequestFrame: { code: 1008, reason: "invalid request frame" },
  /** [HS8] The first frame is a request for something else. */
  connectExpected: { code: 1008, reason: "invalid handshake: first request must be connect" },
  /** [FR5] [FR6] A frame above the cap of its phase. */
  tooBig: { code: 1009, reason: "" },
  /** [DP6] Role errors in a row. */
  repeatedUnauthorized: { code: 1008, reason: "repeated unauthorized calls" },
  /** [SD1] The process is going down and will be back. */
  serviceRestart: { code: 1012, reason: "service restart" },
  /** [SD4] Not ready yet. */
  starting: { code: 1013, reason: "gateway starting" },
} as const satisfies Record<string, Close>;
