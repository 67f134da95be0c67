import { createHash } from "node:crypto";
import type { Role } from "../../schemas/contract.ts";
import type { ConnectParams } from "../../schemas/handshake.ts";
import type { ConfigSource } from "../domain/config/index.ts";
import type { Devices, Knock, Setup } from "../domain/devices/index.ts";
import type { Clock } from "../platform/clock.ts";
import type { Accepted, Admission, Authenticator, Challenge, Peer } from "./admission.ts";
import { isControlUi, isLocalBackend, isWebPage, keepsScopesWithoutDevice } from "./client-kind.ts";
import {
  type AuthMethod,
  type CredentialCheck,
  checkDeviceToken,
  checkGatewayCredential,
  sentCredential,
} from "./credentials.ts";
import { machineOf } from "./device-metadata.ts";
import { type ProvenDevice, proveDevice } from "./device-proof.ts";
import { refusedByForm, refusedByOrigin } from "./formalities.ts";
import {
  refusedBackendNode,
  refusedDeviceMissing,
  refusedDeviceProof,
  refusedLockout,
  refusedPairing,
  refusedSecret,
} from "./refusals.ts";
import type { AuthReason } from "./shared-secret.ts";
import { createThrottle, LOCKOUT_DEFAULTS, type LockoutLimits, type Throttle } from "./throttle.ts";

export interface AuthenticatorOptions {
  readonly config: ConfigSource;
  readonly clock: Clock;
  readonly devices: Devices;
}

/** One request to enter, with what was settled about it on the way. */
interface Visit {
  readonly params: ConnectParams;
  readonly peer: Peer;
  readonly role: Role;
  readonly scopes: readonly string[];
  /** A program of this machine that is no web page. */
  readonly isLocal: boolean;
}

/** Decides who enters, by the reference's rules and in its order. */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator<ConnectParams> {
  const throttle = createThrottle(options.clock);
  return {
    async admit(params, peer, challenge) {
      const formal = refusedByForm(params) ?? refusedByOrigin(params, peer, options.config);
      if (formal !== undefined) return formal;
      const role: Role = params.role === "node" ? "node" : "operator";
      const visit: Visit = {
        params,
        peer,
        role,
        scopes: [...new Set(params.scopes ?? [])],
        isLocal: peer.isLoopback && !peer.headers.origin,
      };
      return admitVisit(visit, challenge, throttle, options);
    },
  };
}

async function admitVisit(
  visit: Visit,
  challenge: Challenge,
  throttle: Throttle,
  { config, clock, devices }: AuthenticatorOptions,
): Promise<Admission> {
  const { params, peer, role } = visit;
  const settings = config.current().gateway.auth;
  if (params.device === undefined) {
    if (isControlUi(params.client)) return refusedDeviceMissing(true);
    if (role === "node" || !sentCredential(settings, params, peer)) return refusedDeviceMissing(false);
  }
  const key = visit.isLocal ? peer.address : `${peer.headers.origin ? "page" : "remote"} ${peer.address}`;
  const lockedForMs = throttle.lockedForMs(key);
  if (lockedForMs > 0) return refusedLockout(params, lockedForMs);
  const gateway = checkGatewayCredential(settings, params, peer);
  let device: ProvenDevice | undefined;
  if (params.device !== undefined) {
    const proof = proveDevice(params, challenge, clock.now());
    if (!proof.ok) return refusedDeviceProof(proof.problem);
    device = proof.device;
  }
  const check = gateway.ok ? gateway : decisive(gateway, visit, devices);
  if (!check.ok) {
    const delayMs = noteFailure(
      throttle,
      key,
      visit,
      gateway.ok ? check.reason : gateway.reason,
      check.reason,
      config,
    );
    return refusedSecret(check.reason, params, { isLocal: peer.isLoopback, delayMs });
  }
  throttle.succeeded(key);
  const isBackend = isLocalBackend(params.client) && visit.isLocal && check.method !== "device-token";
  if (isBackend && role === "node") return refusedBackendNode();
  if (device === undefined || isBackend) return acceptWithoutDevice(visit, check.method, settings);
  return admitDevice(visit, device, check.method, { config, clock, devices });
}

/** The gateway's own secret did not do: a device may have a token, and then its failure is the one to report. */
function decisive(
  gateway: CredentialCheck & { readonly ok: false },
  visit: Visit,
  devices: Devices,
): CredentialCheck {
  const { params, role, scopes } = visit;
  if (bootstrapTokenOf(params) !== undefined) {
    // A code is for devices: the proof of one was looked at before.
    return setupOf(visit, devices) === undefined
      ? { ok: false, reason: "bootstrap_token_invalid" }
      : { ok: true, method: "bootstrap-token" };
  }
  return checkDeviceToken(devices, params, role, scopes) ?? gateway;
}

/** The token of a setup code counts only where nothing better was sent. */
function bootstrapTokenOf({ auth }: ConnectParams): string | undefined {
  if (auth?.token || auth?.deviceToken) return undefined;
  return auth?.bootstrapToken?.trim() || undefined;
}

function setupOf({ params, role, scopes }: Visit, devices: Devices): Setup | undefined {
  const token = bootstrapTokenOf(params);
  if (token === undefined || params.device === undefined) return undefined;
  return devices.setups.find(token, params.device.id, role, scopes);
}

/** Wrong secrets cost a local program time, and others, after a few, their way in. Absent ones cost nothing. */
function noteFailure(
  throttle: Throttle,
  key: string,
  visit: Visit,
  gatewayReason: AuthReason,
  reason: AuthReason,
  config: ConfigSource,
): number {
  const isWrongSecret = gatewayReason === "token_mismatch" || gatewayReason === "password_mismatch";
  if (visit.isLocal) return isWrongSecret ? throttle.delay(key) : 0;
  if (isWrongSecret || reason.endsWith("_mismatch") || reason === "bootstrap_token_invalid") {
    throttle.count(key, limitsOf(config));
  }
  return 0;
}

function limitsOf(config: ConfigSource): LockoutLimits {
  const own = config.current().gateway.auth.rateLimit;
  return {
    attemptsMax: own?.maxAttempts ?? LOCKOUT_DEFAULTS.attemptsMax,
    windowMs: own?.windowMs ?? LOCKOUT_DEFAULTS.windowMs,
    lockoutMs: own?.lockoutMs ?? LOCKOUT_DEFAULTS.lockoutMs,
  };
}

/** Without a device a client keeps the scopes it asks for only when it is this machine's own tooling. */
function acceptWithoutDevice(
  visit: Visit,
  method: AuthMethod,
  settings: { readonly token?: string; readonly password?: string },
): Accepted {
  const keeps = visit.isLocal && method !== "trusted-proxy" && keepsScopesWithoutDevice(visit.params.client);
  return accepted(visit, method, keeps ? visit.scopes : [], settings, {});
}

async function admitDevice(
  visit: Visit,
  device: ProvenDevice,
  method: AuthMethod,
  { config, devices }: AuthenticatorOptions,
): Promise<Admission> {
  const { params, peer, role, scopes } = visit;
  const isTrustedPage = isWebPage(params.client) || isControlUi(params.client);
  const knock: Knock = {
    ...device,
    role,
    scopes,
    metadata: machineOf(params, peer),
    isTrusted: peer.isLoopback && method !== "device-token" && (visit.isLocal || isTrustedPage),
  };
  const setup = method === "bootstrap-token" ? setupOf(visit, devices) : undefined;
  const { deviceId } = device;
  // Programs of this machine are let in by themselves; the code is for those that come from elsewhere, and for phones.
  const enrolls = setup !== undefined && (setup.isHandoff || (setup.access === "node" && !visit.isLocal));
  if (enrolls && role === "node" && devices.get(deviceId) === undefined) {
    await devices.enroll(knock, setup.roles, setup.scopes);
  }
  const outcome = await devices.knock(knock);
  if (outcome.kind === "pending") {
    const isFirst = setup !== undefined && outcome.reason === "not-paired";
    const waits = isFirst || params.client.id === "openclaw-control-ui";
    return refusedPairing(outcome, { role, scopes, waits });
  }
  const { displayName } = knock.metadata;
  await devices.seen(deviceId, {
    ...(displayName === undefined ? {} : { displayName }),
    ...(method === "device-token" ? { byToken: role } : {}),
  });
  const issued = await devices.issueToken(deviceId, role, scopes);
  const handedOver = setup === undefined ? {} : await handOver(setup, visit, device, devices);
  return accepted(visit, method, scopes, config.current().gateway.auth, {
    deviceId,
    ...(issued === undefined ? {} : { deviceToken: issued.token, issuedAtMs: issued.issuedAtMs }),
    ...handedOver,
  });
}

/** Uses up a setup code. The one that was enrolled as a node also gets the token that its operator side needs. */
async function handOver(
  setup: Setup,
  { params, role }: Visit,
  { deviceId }: ProvenDevice,
  devices: Devices,
): Promise<Pick<Issued, "deviceTokens">> {
  const { displayName } = params.client;
  const isHandoff = setup.isHandoff && role === "node" && devices.get(deviceId)?.approvedVia === "bootstrap";
  const named = { id: deviceId, ...(displayName === undefined ? {} : { name: displayName }) };
  devices.setups.redeem(setup.setupId, named, isHandoff ? setup.roles : [role]);
  if (!isHandoff) return {};
  const issued = await devices.issueToken(deviceId, "operator", setup.scopes);
  if (issued === undefined) return {};
  const { token: deviceToken, issuedAtMs } = issued;
  return { deviceTokens: [{ deviceToken, role: "operator", scopes: setup.scopes, issuedAtMs }] };
}

interface Issued {
  readonly deviceId?: string;
  readonly deviceToken?: string;
  readonly issuedAtMs?: number;
  /** Tokens of other roles, which only a setup code brings. */
  readonly deviceTokens?: readonly object[];
}

function accepted(
  visit: Visit,
  method: AuthMethod,
  scopes: readonly string[],
  settings: { readonly token?: string; readonly password?: string },
  { deviceId, ...issued }: Issued,
): Accepted {
  const { role } = visit;
  const isOperator = role === "operator";
  return {
    kind: "accepted",
    role,
    scopes,
    method,
    ...(deviceId === undefined ? {} : { deviceId }),
    auth: {
      method,
      role,
      scopes,
      ...(isOperator && (method !== "none" || deviceId !== undefined)
        ? {
            recoveryScope: recoveryScope(
              issued.deviceToken === undefined
                ? [settings.token ?? settings.password ?? "", visit.params.device?.id ?? ""]
                : [issued.deviceToken],
            ),
          }
        : {}),
      ...(isOperator && deviceId !== undefined ? { recoveryMigrationAllowed: true } : {}),
      ...issued,
    },
  };
}

/**
 * Names what a client stays recoverable under, without telling it: its own token where it has one, otherwise the
 * secret that it shares with everybody else and the device that it signed with.
 */
function recoveryScope(material: readonly string[]): string {
  return createHash("sha256")
    .update(["recovery-scope", ...material].join("\0"))
    .digest("base64url");
}
