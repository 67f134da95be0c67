import autocannon from "autocannon";
import { RunningGateway } from "./gateway.ts";
import type { Row } from "./result.ts";
import { alternate, Sheet } from "./rows.ts";
import type { Subject } from "./subject.ts";

const ROUTES = ["/healthz", "/readyz"];
const CONNECTIONS = 32;
const SECONDS = 5;

/** The probes that a service manager asks all day. */
export async function http(subjects: readonly Subject[], runs: number): Promise<Row[]> {
  const sheet = new Sheet();
  await alternate(subjects, runs, async (subject) => {
    await using gateway = await RunningGateway.start(subject);
    for (const route of ROUTES) {
      const url = `http://127.0.0.1:${gateway.port}${route}`;
      const outcome = await autocannon({ url, connections: CONNECTIONS, duration: SECONDS });
      if (outcome.errors + outcome.non2xx > 0)
        throw new Error(`${subject.name} ${route}: not every answer was good`);
      const mean = { what: `${route}, ${CONNECTIONS} connections, mean`, unit: "ms" } as const;
      sheet.add(subject, mean, outcome.latency.average);
      sheet.add(
        subject,
        { what: `${route}, ${CONNECTIONS} connections, p99`, unit: "ms" },
        outcome.latency.p99,
      );
      sheet.add(
        subject,
        { what: `${route}, ${CONNECTIONS} connections`, unit: "calls/s" },
        outcome.requests.average,
      );
    }
  });
  return sheet.rows();
}
