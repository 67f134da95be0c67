/**
 * `npm run bench -- <question> [--runs N]`: ours beside the reference, alternating, on one machine.
 * `npm run bench -- render`: docs/benchmarks.md and the figures in README.md from the saved results.
 */
import { parseArgs } from "node:util";
import { environment } from "./environment.ts";
import { renderAll } from "./render.ts";
import { type Row, saveResult } from "./result.ts";
import { type Subject, subjects } from "./subject.ts";
import { table } from "./table.ts";

interface Question {
  readonly title: string;
  readonly runs: number;
  readonly ask: (subjects: readonly Subject[], runs: number) => Promise<Row[]>;
}

const QUESTIONS: Readonly<Record<string, Question>> = {
  start: {
    title: "Start and idle",
    runs: 5,
    ask: async (...args) => (await import("./start.ts")).start(...args),
  },
  rpc: {
    title: "Calls",
    runs: 3,
    ask: async (...args) => (await import("./rpc-latency.ts")).rpcLatency(...args),
  },
  turn: {
    title: "A turn, with a model that answers at once",
    runs: 3,
    ask: async (...args) => (await import("./turn.ts")).turn(...args),
  },
  http: {
    title: "HTTP probes",
    runs: 2,
    ask: async (...args) => (await import("./http.ts")).http(...args),
  },
  sessions: {
    title: "The list of sessions",
    runs: 2,
    ask: async (...args) => (await import("./sessions-list.ts")).sessionsList(...args),
  },
  fanout: {
    title: "One event to many connections",
    runs: 2,
    ask: async (...args) => (await import("./fanout.ts")).fanout(...args),
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: "string" }, help: { type: "boolean" } },
});
const [name = ""] = positionals;
const question = QUESTIONS[name];
if (name === "render") {
  renderAll();
} else if (question === undefined || values.help === true) {
  console.error(`usage: npm run bench -- (${Object.keys(QUESTIONS).join(" | ")} | render) [--runs N]`);
  process.exitCode = 2;
} else {
  const compared = subjects();
  const runs = values.runs === undefined ? question.runs : Number.parseInt(values.runs, 10);
  const measuredIn = environment(compared);
  const rows = await question.ask(compared, runs);
  const result = { question: name, title: question.title, environment: measuredIn, rows };
  saveResult(result);
  console.log(table(result));
  renderAll();
}
