import type { ConnectParams } from "../schemas/handshake.ts";
import type { ConnectionDeps } from "./connection/connection.ts";
import { SESSIONS_TOPIC } from "./domain/sessions/index.ts";
import type { Deps } from "./methods/deps.ts";
import type { Caller } from "./methods/method.ts";
import { nodeArrival, nodeMachine } from "./node-arrival.ts";

const CONTROL_UI = "openclaw-control-ui";
const SNAPSHOT = "model-catalog-snapshot";

/** Peers that have shaken hands are shown until they are gone, and can be sent away with their device. */
export function guestBook(deps: Deps): Pick<ConnectionDeps, "onConnected" | "onClosed"> {
  const { presence, devices, nodes, health, voicewake, terminals, surfaces, log } = deps;
  const departures = new Map<string, readonly (() => void)[]>();
  return {
    onConnected(connection, caller, params) {
      const { id, ...client } = caller.client;
      const { connId, role, scopes, deviceId } = caller;
      const arrival = { ...client, ...nodeMachine(caller, params), clientId: id, connId, role, scopes };
      health.onArrival();
      greetWithModels(deps, caller, params.modelCatalog).catch((error: unknown) =>
        log.warn({ err: error, connId }, "a page was not told its models"),
      );
      welcomeOwner(deps, caller).catch((error: unknown) =>
        log.warn({ err: error, connId }, "the owner was not written down"),
      );
      if (deviceId === undefined) return void departures.set(connId, [presence.arrive(arrival)]);
      const close = (code: number, reason: string): void => connection.close({ code, reason });
      const leave = [devices.attach({ deviceId, role, close })];
      const show = (): (() => void) => presence.arrive({ ...arrival, deviceId });
      if (role !== "node") leave.unshift(show());
      else {
        // What a node wants to be approved is told before the node is shown.
        const noted = nodes.connect(nodeArrival(caller, params, deviceId));
        const shown = noted.then(show);
        leave.unshift(() => void shown.then((hide) => hide()));
        leave.push(() => void noted.then((depart) => depart()));
        voicewake
          .tellNode(connId)
          .catch((error: unknown) => log.warn({ err: error, connId }, "a node was not greeted"));
      }
      departures.set(connId, leave);
    },
    onClosed(connection) {
      for (const depart of departures.get(connection.connId) ?? []) depart();
      departures.delete(connection.connId);
      surfaces.drop(connection.connId);
      terminals.leave(connection.connId);
    },
  };
}

/** Who comes as a person has a profile from then on; the first time, lists of sessions may name a person more. */
async function welcomeOwner({ owner, events }: Deps, caller: Caller): Promise<void> {
  if ((await owner.profile()) !== undefined || (await owner.of(caller)) === undefined) return;
  events.publish("sessions.changed", { reason: "profile-identity" }, { topics: [SESSIONS_TOPIC] });
}

/** A page that says at its arrival what it is going to show need not ask for the models of it. */
async function greetWithModels(
  deps: Deps,
  caller: Caller,
  target: ConnectParams["modelCatalog"],
): Promise<void> {
  if (target === undefined || caller.client.id !== CONTROL_UI || !caller.caps.includes(SNAPSHOT)) return;
  const { catalogSnapshot } = await import("./methods/models/list.ts");
  const snapshot = await catalogSnapshot(deps, caller, target);
  if (snapshot !== undefined) {
    deps.events.publish("models.snapshot", snapshot, { connIds: new Set([caller.connId]) });
  }
}
