import { existsSync } from "node:fs";
import { POLICY } from "../schemas/policy.ts";
import { REFERENCE_VERSION } from "../schemas/reference.ts";
import { createAuthenticator } from "./auth/authenticator.ts";
import { checkSharedSecret } from "./auth/shared-secret.ts";
import { composeAutomation } from "./automation.ts";
import { composeBuildMark } from "./build-mark.ts";
import { composeBundled } from "./bundled.ts";
import { createConnections } from "./connection/connections.ts";
import { lazyParamsCheck } from "./connection/lazy-params-check.ts";
import { composeConversation } from "./conversation.ts";
import { createDispatcher } from "./dispatch/dispatch.ts";
import { openCatalogue } from "./domain/catalogue/index.ts";
import { createChatMetadata } from "./domain/chat/index.ts";
import { announceChanges } from "./domain/config/announce.ts";
import type { ConfigSource } from "./domain/config/index.ts";
import { createDevices } from "./domain/devices/devices.ts";
import { createHealth, type Health } from "./domain/health/index.ts";
import { openIdentity } from "./domain/identity/identity.ts";
import { createNodes } from "./domain/nodes/nodes.ts";
import { createPresence, type Presence } from "./domain/presence/index.ts";
import { createUpdates } from "./domain/updates/index.ts";
import { createFanOut, type FanOut } from "./events/fan-out.ts";
import { composeExporters } from "./exporters.ts";
import { composeGreeting } from "./greeting.ts";
import { guestBook } from "./guest-book.ts";
import { composeGuidance } from "./guidance.ts";
import { toolNames, toolsOverHttp } from "./http-tools.ts";
import { lazyHttp } from "./lazy-http.ts";
import type { Deps } from "./methods/deps.ts";
import { TOPICS } from "./methods/registry.gen.ts";
import { composeNodeTalk } from "./node-talk.ts";
import { composeOperations } from "./operations.ts";
import { composeOversight, type Oversight } from "./oversight.ts";
import { type Clock, pause, systemClock } from "./platform/clock.ts";
import { monitorEventLoop } from "./platform/event-loop.ts";
import { describeHost } from "./platform/host.ts";
import { type Ids, systemIds } from "./platform/ids.ts";
import { type Log, silentLog } from "./platform/log.ts";
import { composeSessionFacts } from "./session-facts.ts";
import { composeSkillset } from "./skillset.ts";
import { databaseFile, openDatabase } from "./store/database.ts";
import { createDeviceStore } from "./store/devices.ts";
import { createIdempotency } from "./store/idempotency.ts";
import { createNodeStore } from "./store/nodes.ts";
import { composeSurroundings } from "./surroundings.ts";
import { bindHosts } from "./transport/bind.ts";
import type { GatewayPhase } from "./transport/http.ts";
import { listen } from "./transport/listen.ts";
import { usableSkills } from "./usable-skills.ts";
import { composeWorkbench, type Workbench } from "./workbench.ts";

export interface GatewayOptions {
  readonly config: ConfigSource;
  /** Beats the configured port; 0 takes a free one. */
  readonly port?: number;
  /** Beats the configured bind mode. */
  readonly host?: string;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly log?: Log;
  /** Hands over each line of the log file, masked, from the moment it is called. */
  readonly overhearLog?: (listener: (line: string) => void) => void;
  /** When the gateway before this one ended for a restart, on the clock's `elapsed`. */
  readonly restartedAt?: number;
}

export interface Gateway extends AsyncDisposable {
  /** `ws://…`, as a client would write it. */
  readonly url: string;
  readonly port: number;
  readonly address: string;
  /** Ends active runs, tells every peer, and frees the port. Calling it again waits for the same end. */
  close(options?: { readonly isRestart?: boolean }): Promise<void>;
  /** Settles with the reason when somebody asked for a restart and it is time for it. */
  readonly restartDue: Promise<string>;
}

const RESTARTING = { reason: "gateway restarting", restartExpectedMs: 1_500 };

/** Puts the parts together and listens. The only place that knows all of them. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, clock = systemClock, ids = systemIds, log = silentLog } = options;
  const startedAt = clock.elapsed();
  const uptimeMs = (): number => Math.round(clock.elapsed() - startedAt);
  let phase: GatewayPhase = "starting";
  // What was opened is closed in the opposite order: at the end, or at once when a start fails half way.
  await using opened = new AsyncDisposableStack();
  log.info({ subsystem: "gateway", stateDir: config.stateDir, config: config.path }, "starting");

  const isNewState = !existsSync(databaseFile(config.stateDir));
  const database = openDatabase({ stateDir: config.stateDir, clock });
  opened.defer(() => database.close());
  const identity = openIdentity(config.stateDir);
  const fanOut: FanOut = createFanOut({
    stateVersion: () => ({ presence: presence.version, health: health.version }),
  });
  const devices = createDevices({
    store: createDeviceStore(database),
    clock,
    ids,
    events: fanOut,
    tokenKey: identity.deriveKey("device-tokens"),
    approvesLocal: () => config.current().gateway.nodes.pairing.autoApproveLocal,
  });
  const nodes = createNodes({
    store: createNodeStore(database),
    devices,
    clock,
    ids,
    events: fanOut,
    commandPolicy: () => config.current().gateway.nodes.commands,
    talk: {
      ...composeNodeTalk({ conversation: () => conversation, clock, ids, log }),
      overhear: fanOut.overhear,
    },
  });
  const conversation = composeConversation({
    config,
    clock,
    ids,
    log,
    events: fanOut,
    database,
    permit: (request) => oversight.permit(request),
    decide: (...decision) => oversight.approvals.resolveNamed(...decision),
    skillsOf: (agentId) => usableSkills(skillset.skills, conversation.agents, agentId),
  });
  const skillset = composeSkillset({
    config,
    clock,
    ids,
    database,
    events: fanOut,
    agents: conversation.agents,
    env: process.env,
  });
  opened.defer(() => skillset.skills.close());
  const bundled = composeBundled({ config, clock, ids, env: process.env });
  const updates = createUpdates({ config, events: fanOut });
  const automation = composeAutomation({
    ...conversation,
    ...bundled,
    config,
    clock,
    ids,
    log,
    events: fanOut,
    database,
  });
  const eventLoop = monitorEventLoop(clock);
  opened.defer(() => eventLoop.stop());
  const presence: Presence = createPresence({
    clock,
    events: fanOut,
    host: describeHost(),
    instanceId: ids.uuid(),
  });
  const sessionFacts = composeSessionFacts(conversation.sessions, config.stateDir);
  const health: Health = createHealth({
    clock,
    config,
    events: fanOut,
    log,
    eventLoop,
    sessionFacts,
    plugins: bundled.plugins,
    tasks: conversation.tasks,
    queuedEvents: () => automation.heartbeats.waiting(conversation.agents.defaultId),
    liveRuns: () => conversation.runs.liveCount,
  });
  const idempotency = createIdempotency(database, clock);
  const oversight: Oversight = composeOversight({
    config,
    idempotency,
    conversation,
    stateDir: config.stateDir,
    homeDir: process.env["HOME"],
    clock,
    ids,
    events: fanOut,
    database,
    parties: () => connections.callers(),
  });
  const operations = composeOperations({
    config,
    clock,
    ids,
    log,
    events: fanOut,
    database,
    cron: automation.cron,
    runs: conversation.runs,
    openTerminals: () => workbench.terminals.list().length,
    uptimeMs,
    port: () => transport.port,
    restartedAt: options.restartedAt,
  });
  opened.defer(() => operations.restarts.stop());
  let isRestart = false;
  opened.defer(() => operations.diagnostics.stop());
  const workbench: Workbench = composeWorkbench({
    config,
    clock,
    ids,
    events: fanOut,
    database,
    conversation,
  });
  opened.defer(() => workbench.terminals.closeAll());
  opened.defer(() => workbench.grants.close());
  const hosts = options.host === undefined ? bindHosts(config.current().gateway) : [options.host];
  const surroundings = composeSurroundings({
    config,
    clock,
    database,
    sessions: conversation.sessions,
    host: hosts[0] ?? "127.0.0.1",
    port: () => transport.port,
  });
  opened.use(surroundings);
  const chatMetadata = createChatMetadata({ events: fanOut, isNews: () => isNewState || hasLeftovers });
  const deps: Deps = {
    ...conversation,
    ...workbench,
    ...oversight,
    ...automation,
    ...operations,
    ...bundled,
    updates,
    ...surroundings,
    ...composeGuidance({ ...conversation, config, clock, ids, database, port: () => transport.port }),
    ...skillset,
    chatMetadata,
    catalogue: await openCatalogue(config.stateDir),
    clock,
    config,
    devices,
    events: fanOut,
    health,
    idempotency,
    identity,
    ids,
    log,
    nodes,
    presence,
  };
  let configHash = await config.fingerprint(config.snapshot().raw ?? "");
  const stopAnnouncing = announceChanges({
    config,
    events: fanOut,
    clock,
    onHash: (hash) => (configHash = hash),
  });
  opened.defer(stopAnnouncing);
  const isAuthorized = (bearer: string | undefined): boolean =>
    bearer !== undefined && checkSharedSecret(config.current().gateway.auth, { token: bearer }).ok;
  const exporters = await composeExporters({
    config,
    clock,
    ids,
    log,
    overhearLog: options.overhearLog,
    overhear: fanOut.overhear,
    eventLoop,
    runs: conversation.runs,
    system: operations.system,
    version: REFERENCE_VERSION,
    env: process.env,
    isAuthorized,
  });
  opened.defer(() => exporters?.close());
  const dispatcher = createDispatcher({
    topics: TOPICS,
    deps,
    isDormant: (method) => bundled.plugins.isDormant(method),
  });
  const connections = createConnections({
    authenticator: createAuthenticator({ config, clock, devices }),
    checkParams: lazyParamsCheck(),
    clock,
    dispatcher: exporters?.watch(dispatcher) ?? dispatcher,
    fanOut,
    hello: composeGreeting({
      ...deps,
      bootId: ids.uuid(),
      build: composeBuildMark(config, process.env["PATH"] ?? ""),
      uptimeMs,
      configHash: () => configHash,
    }),
    ids,
    isStarting: () => phase === "starting",
    log,
    ...guestBook(deps),
  });

  const transport = await listen({
    hosts,
    port: options.port ?? config.current().gateway.port,
    clock,
    trust: () => config.current().gateway,
    open: (socket, peer) => connections.open(socket, peer),
    http: lazyHttp(
      { phase: () => phase, uptimeMs, eventLoop: () => eventLoop.report(), isAuthorized },
      {
        ...deps,
        overhear: (event, listener) => fanOut.overhear(event, listener),
        invokeTool: toolsOverHttp(deps),
        toolNames: (agentId) => toolNames(deps, agentId),
        config,
        uptimeMs,
        connections: () => connections.callers().length,
        // The Control UI asks with the token of its device as soon as it has one.
        isAuthorized: (bearer) =>
          isAuthorized(bearer) || (bearer !== undefined && devices.isOperatorToken(bearer)),
        searchPath: process.env["PATH"] ?? "",
      },
      exporters,
    ),
  });
  opened.defer(() => transport.close());
  opened.defer(async () => {
    transport.stopAccepting();
    automation.cron.stop();
    await conversation.runs.drain(POLICY.shutdownDrainMs);
    fanOut.publish("shutdown", isRestart ? RESTARTING : { reason: "gateway stopping" });
    // Real sockets close in real time, whatever clock the gateway lives by.
    await Promise.race([connections.closeAll(), pause(systemClock, POLICY.shutdownCloseMs)]);
  });
  await conversation.tasks.recover();
  await conversation.runs.recover();
  const hasLeftovers = conversation.runs.liveCount > 0;
  await automation.cron.start();
  await oversight.approvals.recover();
  opened.defer(() => oversight.portals.closeAll());
  health.start();
  opened.defer(() => health.stop());
  const ticks = clock.every(POLICY.tickIntervalMs, () =>
    fanOut.publish("tick", { ts: clock.now() }, { isDroppable: true }),
  );
  opened.defer(() => ticks.cancel());
  // Told when those who waited for the gateway have had time to connect.
  const announcement = clock.after(POLICY.startAnnouncementDelayMs, () => {
    chatMetadata.announce();
    automation.cron
      .settle()
      .then(updates.announce, (error: unknown) => log.error({ err: error }, "own jobs were not made"));
  });
  opened.defer(() => announcement.cancel());
  // Once, and only when nobody waits: what a start leaves behind is a tenth of the memory of an idle gateway.
  const tidying = clock.after(POLICY.startCollectionDelayMs, () => {
    if (conversation.runs.liveCount > 0) return;
    import("./platform/collect.ts").then(
      ({ collectGarbage }) => collectGarbage(),
      () => {},
    );
  });
  opened.defer(() => tidying.cancel());
  phase = "ready";
  const agents = conversation.agents.list().map(({ id }) => id);
  log.info({ subsystem: "gateway", hosts, port: transport.port, startMs: uptimeMs() }, "listening");
  log.info({ subsystem: "gateway", agents, defaultAgent: conversation.agents.defaultId }, "agents ready");

  const running = opened.move();
  let stopping: Promise<void> | undefined;
  const close: Gateway["close"] = (how) => {
    phase = "draining";
    isRestart = how?.isRestart === true;
    stopping ??= running.disposeAsync();
    return stopping;
  };
  const address = hosts[0] ?? "127.0.0.1";
  return {
    url: `ws://${address === "0.0.0.0" ? "127.0.0.1" : address}:${transport.port}`,
    port: transport.port,
    address,
    close,
    restartDue: operations.restarts.due,
    [Symbol.asyncDispose]: () => close(),
  };
}
