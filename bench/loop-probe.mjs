/**
 * Loaded into a gateway under test with `--import`: measures how late its event loop is, and on SIGCONT writes what
 * it has seen since the last time to BENCH_LOOP_FOLDER/<pid>.json. The same for both gateways, whatever they tell.
 * SIGCONT because nobody else means anything by it: SIGUSR2 has a gateway begin anew.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";

const folder = process.env["BENCH_LOOP_FOLDER"];
if (folder !== undefined) {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  process.on("SIGCONT", () => {
    const seen = {
      p99Ms: histogram.percentile(99) / 1e6,
      maxMs: histogram.max / 1e6,
      samples: histogram.count,
    };
    writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(seen));
    histogram.reset();
  });
}
