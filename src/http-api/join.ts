import type { Setups } from "../domain/devices/index.ts";
import type { Exchange } from "../transport/exchange.ts";

const PATH = /^\/j(?:\/([^/]*))?$/;

/** `GET /j/<code>`: what a join link leads to, once. Everything else below it is not there, for anyone. */
export function joinRoute(path: string, setups: Setups): ((exchange: Exchange) => Promise<void>) | undefined {
  const match = PATH.exec(path);
  if (match === null) return undefined;
  return async (exchange) => {
    const setup = exchange.method === "GET" ? setups.open(match[1] ?? "") : undefined;
    const noStore = { "cache-control": "no-store" };
    if (setup === undefined) return exchange.json(404, { error: "not_found" }, noStore);
    exchange.json(200, setup, noStore);
  };
}
