import { POLICY } from "../../../schemas/policy.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Publisher } from "../events.ts";
import { holdsScopes } from "./scopes.ts";
import type { DeviceStore } from "./store.ts";
import { hashToken } from "./tokens.ts";

export type SetupProfile = "full" | "limited" | "node" | "voice-node";

/** What a setup code opens, once, to the device that first shows it. */
interface Grants {
  readonly access: "full" | "limited" | "node";
  readonly roles: readonly string[];
  /** Of the operator token that is handed over. */
  readonly scopes: readonly string[];
  /** The first connection as a node is approved at once, with the operator token beside its own. */
  readonly isHandoff: boolean;
}

const PHONE = [
  "operator.approvals",
  "operator.questions",
  "operator.read",
  "operator.talk.secrets",
  "operator.write",
];
const BOTH = ["node", "operator"];

const PROFILES: Readonly<Record<SetupProfile, Grants>> = {
  full: { access: "full", roles: BOTH, scopes: ["operator.admin", ...PHONE], isHandoff: true },
  limited: { access: "limited", roles: BOTH, scopes: PHONE, isHandoff: true },
  node: { access: "node", roles: ["node"], scopes: [], isHandoff: false },
  "voice-node": {
    access: "limited",
    roles: BOTH,
    scopes: ["operator.read", "operator.talk"],
    isHandoff: false,
  },
};

/** A code that was made and not used up yet. The token itself is not kept, except behind a join link. */
export interface Setup extends Grants {
  readonly setupId: string;
  readonly expiresAtMs: number;
}

interface Kept extends Setup {
  readonly hash: string;
  /** The device that used it first: it is nobody else's from then on. */
  deviceId?: string;
  readonly redeemed: string[];
}

/** What outlives the process. */
export interface KeptSetups {
  readonly setups: readonly Kept[];
  /** By the hash of the last part of the link. */
  readonly links: readonly (readonly [string, SetupPayload])[];
}

export interface Completion {
  readonly setupId: string;
  readonly deviceId: string;
  readonly deviceName?: string;
  readonly access: Grants["access"];
  readonly ts: number;
}

/** What the holder of a code is told; it is written into the code itself. */
export interface SetupPayload {
  readonly url: string;
  readonly bootstrapToken: string;
  readonly expiresAtMs: number;
}

/** Codes that let a new device in without a human at the gateway: short-lived, for one device, used up by it. */
export interface Setups {
  create(profile: SetupProfile, url: string): { readonly setup: Setup; readonly payload: SetupPayload };
  /** Puts a payload behind a link that can be opened once. Returns the last part of the link. */
  publish(payload: SetupPayload): string;
  /** The payload behind a link, which is gone then. */
  open(code: string): SetupPayload | undefined;
  /** The setup that a token opens for this device, role and scopes; undefined when it opens nothing. */
  find(token: string, deviceId: string, role: string, scopes: readonly string[]): Setup | undefined;
  /** Notes that a device came in with it; with all of its roles taken, the code is used up. */
  redeem(
    setupId: string,
    device: { readonly id: string; readonly name?: string },
    roles: readonly string[],
  ): void;
  /** Settles when what was changed last would survive the end of the process. */
  kept(): Promise<void>;
  /** How it ended for the one who made the code. */
  completionOf(setupId: string): Completion | undefined;
}

export function createSetups(options: {
  clock: Clock;
  ids: Ids;
  events: Publisher;
  store: Pick<DeviceStore, "loadSetups" | "saveSetups">;
}): Setups {
  const { clock, ids, events, store } = options;
  const before = store.loadSetups();
  const byHash = new Map(before?.setups.map((setup) => [setup.hash, setup]));
  const links = new Map(before?.links);
  let keeping = Promise.resolve();
  const completions = new Map<string, Completion>();

  const forgetOldest = (map: Map<string, unknown>): void => {
    const [oldest] = map.keys();
    if (map.size > POLICY.setupsMax && oldest !== undefined) map.delete(oldest);
  };

  /** What is too old is left out, and nothing else has to look for it. */
  function keep(): void {
    const now = clock.now();
    const setups = [...byHash.values()].filter(({ expiresAtMs }) => expiresAtMs > now);
    const good = [...links].filter(([, { expiresAtMs }]) => expiresAtMs > now);
    keeping = store.saveSetups({ setups, links: good });
    // Whoever asks with `kept` is told; a code that was not kept is as good as ever until the gateway ends.
    keeping.catch(() => {});
  }

  return {
    kept: () => keeping,
    create(profile, url) {
      const token = ids.token(POLICY.setupTokenBytes);
      const expiresAtMs = clock.now() + POLICY.setupLifetimeMs;
      const setup = { ...PROFILES[profile], setupId: ids.uuid(), expiresAtMs };
      const hash = hashToken(token);
      byHash.set(hash, { ...setup, hash, redeemed: [] });
      forgetOldest(byHash);
      keep();
      return { setup, payload: { url, bootstrapToken: token, expiresAtMs } };
    },
    publish(payload) {
      const code = ids.token(POLICY.setupLinkBytes);
      links.set(hashToken(code), payload);
      forgetOldest(links);
      keep();
      return code;
    },
    open(code) {
      const hash = hashToken(code);
      const payload = links.get(hash);
      if (links.delete(hash)) keep();
      return payload !== undefined && payload.expiresAtMs > clock.now() ? payload : undefined;
    },
    find(token, deviceId, role, scopes) {
      const kept = byHash.get(hashToken(token));
      if (kept === undefined || kept.expiresAtMs <= clock.now()) return undefined;
      if (kept.deviceId !== undefined && kept.deviceId !== deviceId) return undefined;
      if (!kept.roles.includes(role) || !holdsScopes(kept.scopes, scopes)) return undefined;
      return kept;
    },
    redeem(setupId, { id, name }, roles) {
      const kept = byHash.values().find((one) => one.setupId === setupId);
      if (kept === undefined) return;
      kept.deviceId = id;
      kept.redeemed.push(...roles.filter((role) => !kept.redeemed.includes(role)));
      const isUsedUp = kept.roles.every((role) => kept.redeemed.includes(role));
      if (isUsedUp) byHash.delete(kept.hash);
      keep();
      if (!isUsedUp) return;
      const { access } = kept;
      const deviceName = name === undefined ? {} : { deviceName: name };
      const completion = { setupId, deviceId: id, ...deviceName, access, ts: clock.now() };
      completions.set(setupId, completion);
      forgetOldest(completions);
      events.publish("device.pair.setup.completed", completion);
    },
    completionOf: (setupId) => completions.get(setupId),
  };
}
