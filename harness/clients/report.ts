import { isDeepStrictEqual } from "node:util";
import type { Facts } from "./client.ts";

/** What one client experienced on one gateway. */
export interface Visit {
  readonly client: string;
  readonly gateway: string;
  readonly durationMs: number;
  readonly facts: Facts | undefined;
  /** Why the client did not get through. */
  readonly error: string | undefined;
}

export interface Difference {
  readonly client: string;
  readonly fact: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Facts that are not the same on all gateways a client visited. */
export function differences(visits: readonly Visit[]): Difference[] {
  const clients = [...new Set(visits.map(({ client }) => client))];
  return clients.flatMap((client) => {
    const through = visits.filter((visit) => visit.client === client && visit.facts !== undefined);
    const names = [...new Set(through.flatMap(({ facts }) => Object.keys(facts ?? {})))];
    return names
      .map((fact) => ({
        client,
        fact,
        values: Object.fromEntries(through.map(({ gateway, facts }) => [gateway, facts?.[fact]])),
      }))
      .filter(({ values }) => !allEqual(Object.values(values)));
  });
}

function allEqual(values: readonly unknown[]): boolean {
  return values.every((value) => isDeepStrictEqual(value, values[0]));
}
