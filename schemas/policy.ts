/**
 * Every bound of the gateway, in one table. Wire limits are the reference's (observed); the others are ours.
 * Units are the last word of each name.
 */
export const POLICY = {
  /** Largest frame before the handshake is done; one byte more closes 1009. */
  preAuthFrameBytesMax: 65_536,
  /** Largest frame after the handshake (`hello-ok.policy.maxPayload`). */
  frameBytesMax: 26_214_400,
  /** Bounds of what rides along with a request. */
  traceparentCharsMax: 128,
  profileIdCharsMax: 128,
  /** Unsent bytes a connection may hold before it is destroyed (`hello-ok.policy.maxBufferedBytes`). */
  bufferedBytesMax: 52_428_800,
  /** A silent socket is closed 1000 after this. */
  handshakeTimeoutMs: 15_000,
  /** What a client that comes too early is told to wait. */
  startingRetryAfterMs: 500,
  /** Sockets of one client address that have not finished the handshake; the next upgrade gets HTTP 503. */
  preAuthSocketsMax: 32,
  /** How long a model that is tried out may take, when the caller says nothing, and at most. */
  modelProbeMs: 30_000,
  modelProbeMsMax: 120_000,
  pingIntervalMs: 25_000,
  /** Pings without a pong before the socket is destroyed. */
  unansweredPingsMax: 3,
  tickIntervalMs: 30_000,
  /** Requests of one connection that may wait for a start; beyond it: retryable UNAVAILABLE. */
  pendingRequestsMax: 256,
  /** Bytes of requests that may be sent behind `connect` before it is answered. */
  pipelinedBytesMax: 1_048_576,
  /** Requests of one connection that are being worked on. */
  runningRequestsMax: 4_096,
  /** Consecutive role errors of one connection that are answered; the next one closes 1008. */
  roleErrorsMax: 10,
  controlPlaneWritesMax: 30,
  controlPlaneWindowMs: 60_000,
  /** Pairs of method and client whose writes are counted; the oldest is forgotten first. */
  controlPlaneCountersMax: 4_096,
  /** Delay of the answer to the n-th failed authentication of an address: base * 2^(n-1), capped. */
  authFailureDelayBaseMs: 250,
  authFailureDelayMaxMs: 5_000,
  /** Addresses whose failures are remembered; the oldest is forgotten first. */
  authFailureAddressesMax: 4_096,
  /** Failures of pages and of remote addresses that are answered within the window; then the address is locked out. */
  authAttemptsMax: 10,
  authAttemptsWindowMs: 60_000,
  authLockoutMs: 300_000,
  /** A device's request to be approved is forgotten after this. */
  pairingRequestMs: 300_000,
  /** Requests that may wait for approval; the oldest gives way. */
  pairingRequestsMax: 200,
  /** Commands relayed to nodes that may wait for a result, and for how long unless the caller says otherwise. */
  nodeInvocationsMax: 1_024,
  nodeInvokeTimeoutMs: 30_000,
  /** Requests that may wait for a node to fetch them. */
  nodeWorkItemsMax: 64,
  /** What nodes heard that is remembered, so that it is taken once, and chats that nodes follow. */
  nodeTranscriptsMax: 1_000,
  nodeChatsMax: 1_000,
  /** A node that says again that it is alive within this time is believed without being written down. */
  nodeAliveIntervalMs: 60_000,
  nodeWorkExpiryMs: 24 * 60 * 60 * 1000,
  /** Signed device handshakes older or newer than this are refused. */
  deviceSignatureAgeMaxMs: 120_000,
  /** Setup codes: how long one lives, how many are remembered, and how much there is to guess. */
  setupLifetimeMs: 10 * 60 * 1000,
  setupsMax: 256,
  setupTokenBytes: 32,
  setupLinkBytes: 16,
  /** What is read and thrown away of a body that is too large, so that its sender hears of it. */
  httpDiscardBytesMax: 64 * 1024 * 1024,
  /** Largest body of a request for a turn over HTTP. */
  httpApiBodyBytesMax: 20 * 1024 * 1024,
  /** Responses whose session is remembered, for requests that go on from one. */
  httpApiResponsesMax: 1_000,
  /** Webhooks: bodies, wrong tokens before an address waits, items of a list, and how long a key is remembered. */
  hookBodyBytesMax: 256 * 1024,
  hookFailuresMax: 20,
  hookFailureWindowMs: 60_000,
  hookFailureAddressesMax: 1_024,
  hookItemsMax: 200,
  hookKeyCharsMax: 256,
  hookReplayMs: 5 * 60_000,
  hookReplaysMax: 1_000,
  /** Largest body of an HTTP request. */
  httpBodyBytesMax: 2_097_152,
  attachmentBytesMax: 19_464_192,
  imageBytesMax: 6_291_456,
  /** Agent runs that may be active at once is max(lanesMin, lanesPerCore * cores). */
  runLanesMin: 8,
  runLanesPerCore: 4,
  /** Messages waiting behind the active run of one session. */
  sessionQueueMax: 100,
  /** Time between two `chat` deltas of one run. */
  chatDeltaIntervalMs: 75,
  /** Quiet time before messages that were queued behind a run become a turn. */
  queueDebounceMs: 500,
  /** A run that takes longer is ended; the configuration may say otherwise. */
  /** How long a summary of a conversation may take. */
  compactTimeoutMs: 180_000,
  /** Suggestions that wait in one session, of up to 32 KiB each. */
  sessionSuggestionsMax: 32,
  /** Names for sessions that models are making at a time, and how long one may take. */
  titlesAtOnce: 16,
  titleTimeoutMs: 60_000,
  runTimeoutMs: 48 * 60 * 60 * 1000,
  /** Sessions of one gateway; their entries are kept in memory, about 2 KiB each. */
  sessionsMax: 100_000,
  /** Rows that are kept encoded for lists of one kind, about 2 KiB each: clients ask for two or three kinds. */
  sessionRowTextsMax: 12_000,
  /** Idempotency records kept, and for how long. */
  idempotencyRecordsMax: 100_000,
  idempotencyRetentionMs: 24 * 60 * 60 * 1000,
  healthRefreshIntervalMs: 60_000,
  /** Whoever comes is told of a fresh look at the state, which is taken after that time. */
  healthArrivalDelayMs: 300,
  /** Approvals that may wait at once; how long one waits unless the request says otherwise; how long an end is told. */
  approvalsPendingMax: 1_024,
  execApprovalMs: 1_800_000,
  pluginApprovalMs: 120_000,
  approvalGraceMs: 15_000,
  /** Approvals whose end is remembered, and how many of them a page of the history shows unless asked otherwise. */
  approvalsKeptMax: 10_000,
  approvalHistoryPage: 50,
  /** Rules of one agent that "allow always" may add up to. */
  execAllowlistMax: 1_000,
  /** Questions that may wait at once, and for how long unless the request says otherwise. */
  questionsMax: 256,
  questionMs: 900_000,
  /** Suggestions of tasks that are kept, the dismissed ones included; the oldest is forgotten first. */
  taskSuggestionsMax: 1_000,
  /** Ports of this machine that may be open to browsers at once. */
  portalsMax: 32,
  /** Terminals that may be open at once, and how much of what one printed last it can show again. */
  terminalsMax: 24,
  terminalScrollbackChars: 262_144,
  /** What a terminal prints is sent this often, and held back when this much waits. */
  terminalFlushMs: 8,
  terminalFlushChars: 65_536,
  /** How long a terminal waits for somebody to come back to it, unless the configuration says otherwise. */
  terminalDetachedMs: 300_000,
  /** Files handed to terminals: of one, of all together, how many, and for how long they are kept. */
  terminalUploadBytesMax: 16_777_216,
  terminalStagedBytesMax: 268_435_456,
  terminalStagedFilesMax: 64,
  terminalUploadKeptMs: 24 * 60 * 60 * 1000,
  /** How long git may take: to look, and to clone. */
  gitTimeoutMs: 30_000,
  gitCloneTimeoutMs: 300_000,
  /** Branches of a repository that are shown, and projects that are known. */
  branchesMax: 1_000,
  projectsMax: 500,
  /** How long a worktree that was removed can be brought back. */
  worktreeSnapshotMs: 30 * 24 * 60 * 60 * 1000,
  /** Grants of tools to programs: how many, and for how long, unless they say so and at most. */
  grantsMax: 256,
  grantMs: 60 * 60 * 1000,
  grantMsMax: 12 * 60 * 60 * 1000,
  /** Characters that a tool which is called from outside a turn may answer. */
  toolCallOutputCharsMax: 200_000,
  /** Requests that took longer than this have a line in the log. */
  slowRequestMs: 50,
  /** What is remembered of how the process has been doing, and how often it is looked at. */
  stabilityEventsMax: 1_000,
  stabilitySampleMs: 30_000,
  /** Longest time a timer of the engine can count. */
  timerMsMax: 2_147_483_647,
  /** Lines of `system-presence`, and how long one stays that nobody renews. */
  presenceEntriesMax: 200,
  presenceEntryMs: 5 * 60 * 1000,
  /** Lines of a job's history, and how long one is kept. */
  cronRunsPerJobMax: 2_000,
  cronRunRetentionMs: 7 * 24 * 60 * 60 * 1000,
  /** Scheduled jobs of one gateway. */
  cronJobsMax: 2_000,
  /** Scheduled jobs that run at the same time; others wait their turn. */
  cronRunsActiveMax: 8,
  /** Characters of a job's notes. */
  cronScratchCharsMax: 262_144,
  /** The longest a scheduled agent turn may take unless the job says otherwise. */
  cronTurnTimeoutMs: 60 * 60 * 1000,
  cronCommandTimeoutMs: 10 * 60 * 1000,
  cronCommandOutputBytesMax: 262_144,
  /** Runs that were missed while the gateway was down start this long after it is up, and this far apart. */
  cronCatchUpDelayMs: 120_000,
  cronCatchUpSpacingMs: 5_000,
  /** The longest one timer of the scheduler waits before it looks at the clock again. */
  cronTimerMs: 60_000,
  /** How long a suspended gateway waits for whoever suspended it; then it takes up its work again. */
  suspensionLeaseMs: 120_000,
  /** How deep sub-agents may go on handing work down, and how many of one session may work at the same time. */
  subagentDepthMax: 5,
  subagentChildrenMax: 5,
  /** Characters of what a call is about, beside its tool. */
  toolTitleCharsMax: 120,
  /** The longest that a turn about the gateway itself may take. */
  systemTurnMs: 10 * 60 * 1000,
  /** How long one session waits for the answer of another when it does not say. */
  sessionReplyWaitMs: 30_000,
  /** Entries of the ledger of detached work; the oldest give way. */
  tasksMax: 1_000,
  /** System events that may wait for a session's next heartbeat; the oldest give way. */
  systemEventsMax: 20,
  /** A ticket to a page that a plugin hosts: entropy, and how long it opens the page unless it is refreshed. */
  surfaceTicketBytes: 18,
  surfaceTicketMs: 600_000,
  /** How long the address of a picture in a chat is good; the reference's. */
  mediaTicketMs: 300_000,
  /** How long the shop for plugins may take to answer, and for how long that answer is good. */
  hubTimeoutMs: 10_000,
  hubFreshMs: 60_000,
  /** How long the hub may take to tell of skills, and how much of it is read. */
  hubAnswerTimeoutMs: 20_000,
  hubAnswerCharsMax: 4_194_304,
  /** Attempts at updates that are kept. */
  updateRunsMax: 100,
  /** Between two restarts that were asked for; how often, and how long, a restart looks whether it interrupts. */
  restartCooldownMs: 30_000,
  /** The answer to whoever asked leaves first. */
  restartAnswerMs: 100,
  restartPollMs: 500,
  restartDeferralMs: 300_000,
  /** What a start has to tell is told when those who waited for the gateway have connected. */
  startAnnouncementDelayMs: 1_000,
  /** After which a gateway without runs collects what its start left behind. */
  startCollectionDelayMs: 3_000,
  /** A page that a link leads to: how much of it is read, how long, over how many redirects; and a picture of it. */
  pageBytesMax: 524_288,
  pageTimeoutMs: 5_000,
  pageRedirectsMax: 3,
  pageImageBytesMax: 4_194_304,
  /** For how long a provider's key is left alone: refused once, twice, more often; and one without credit. */
  keyRestMs: [30_000, 60_000, 300_000],
  keyRestBillingMs: 600_000,
  /** One answer of GitHub's API, and how long it may take. */
  githubBytesMax: 4_194_304,
  githubTimeoutMs: 8_000,
  /** The assistant for set-up: conversations it holds, turns that are kept, and characters of one answer. */
  assistantTalksMax: 50,
  assistantTurnsMax: 500,
  assistantCharsMax: 32_000,
  /** A page that an agent or a client made. */
  canvasBytesMax: 2_097_152,
  /** Memory of an agent: files that are indexed, how large one may be, and pieces that a search looks at. */
  memoryFilesMax: 2_000,
  memoryFileBytesMax: 1_048_576,
  memoryHitsMax: 50,
  /** Old conversations as material for a memory: messages read of one, pieces staged in all and shown of one day. */
  memoryBackfillMessagesMax: 2_000,
  memoryStagedMax: 20_000,
  memoryStagedPerDayMax: 80,
  /** Telemetry that is pushed: what waits, series that are told apart, and runs whose traces are remembered. */
  telemetryQueueMax: 2_048,
  telemetrySeriesMax: 2_048,
  telemetryRunsMax: 4_096,
  /** How often figures are sent at most, and how long a window of the event loop is. */
  telemetryIntervalMsMin: 1_000,
  telemetryWindowMs: 1_000,
  /** One request to a receiver, how often it is tried, and the waits between. */
  telemetryTimeoutMs: 10_000,
  telemetryTimeoutMsMax: 60_000,
  telemetryAttemptsMax: 5,
  telemetryRetryMs: 1_000,
  telemetryRetryMsMax: 5_000,
  /** What a receiver gets at the end of the gateway. */
  telemetryFlushMs: 2_000,
  /** Time given to the closing handshakes at the end. */
  shutdownCloseMs: 1_000,
  /** Time given to active runs and sockets at SIGTERM. */
  shutdownDrainMs: 10_000,
} as const;
