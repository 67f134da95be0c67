/**
 * Every bound of the gateway, in one table. Wire limits are the reference's (observed); the others are ours.
 * Units are the last word of each name.
 */
export const POLICY = {
  /** Largest frame before the handshake is done; one byte more closes 1009. */
  preAuthFrameBytesMax: 65_536,
  /** Largest frame after the handshake (`hello-ok.policy.maxPayload`). */
  frameBytesMax: 26_214_400,
  /** Unsent bytes a connection may hold before it is destroyed (`hello-ok.policy.maxBufferedBytes`). */
  bufferedBytesMax: 52_428_800,
  /** A silent socket is closed 1000 after this. */
  handshakeTimeoutMs: 15_000,
  /** Sockets of one client address that have not finished the handshake; the next upgrade gets HTTP 503. */
  preAuthSocketsMax: 32,
  pingIntervalMs: 25_000,
  /** Pings without a pong before the socket is destroyed. */
  unansweredPingsMax: 3,
  tickIntervalMs: 30_000,
  /** Requests of one connection that may wait for a start; beyond it: retryable UNAVAILABLE. */
  pendingRequestsMax: 256,
  /** Consecutive role errors of one connection that are answered; the next one closes 1008. */
  roleErrorsMax: 10,
  controlPlaneWritesMax: 30,
  controlPlaneWindowMs: 60_000,
  /** Delay of the answer to the n-th failed authentication of an address: base * 2^(n-1), capped. */
  authFailureDelayBaseMs: 250,
  authFailureDelayMaxMs: 5_000,
  /** Addresses whose failures are remembered; the oldest is forgotten first. */
  authFailureAddressesMax: 4_096,
  /** Signed device handshakes older or newer than this are refused. */
  deviceSignatureAgeMaxMs: 120_000,
  attachmentBytesMax: 19_464_192,
  imageBytesMax: 6_291_456,
  /** Agent runs that may be active at once is max(lanesMin, lanesPerCore * cores). */
  runLanesMin: 8,
  runLanesPerCore: 4,
  /** Messages waiting behind the active run of one session. */
  sessionQueueMax: 100,
  /** Time between two `chat` deltas of one run. */
  chatDeltaIntervalMs: 150,
  /** Idempotency records kept, and for how long. */
  idempotencyRecordsMax: 100_000,
  idempotencyRetentionMs: 24 * 60 * 60 * 1000,
  /** Time given to active runs and sockets at SIGTERM. */
  shutdownDrainMs: 10_000,
} as const;
