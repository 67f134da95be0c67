/**
 * `npm run bench -- <question> [--runs N]`: ours beside the reference, alternating, on one machine.
 * `--ours` leaves the reference out. `npm run bench -- render`: docs/benchmarks.md and the figures in README.md from
 * the saved results.
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
  mixed: {
    title: "Calls that come when they come",
    runs: 1,
    ask: async (...args) => (await import("./mixed.ts")).mixed(...args),
  },
  history: {
    title: "The history of a session",
    runs: 1,
    ask: async (...args) => (await import("./history.ts")).history(...args),
  },
  turns: {
    title: "Many turns at once",
    runs: 1,
    ask: async (...args) => (await import("./crowded-turns.ts")).crowdedTurns(...args),
  },
  crowd: {
    title: "Connections that wait, and that all come at once",
    runs: 1,
    ask: async (...args) => (await import("./crowd.ts")).crowd(...args),
  },
  slow: {
    title: "Listeners that stop reading",
    runs: 1,
    ask: async (...args) => (await import("./slow-consumers.ts")).slowConsumers(...args),
  },
  revival: {
    title: "Killed and started again",
    runs: 3,
    ask: async (...args) => (await import("./revival.ts")).revival(...args),
  },
  soak: {
    title: "A long day",
    runs: 1,
    ask: async (...args) => (await import("./soak.ts")).soak(...args),
  },
  parts: {
    title: "What single parts of ours cost",
    runs: 3,
    ask: async (...args) => (await import("./parts.ts")).parts(...args),
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: "string" }, ours: { type: "boolean" }, help: { type: "boolean" } },
});
const [name = ""] = positionals;
const question = QUESTIONS[name];
if (name === "render") {
  renderAll();
} else if (question === undefined || values.help === true) {
  console.error(
    `usage: npm run bench -- (${Object.keys(QUESTIONS).join(" | ")} | render) [--runs N] [--ours]`,
  );
  process.exitCode = 2;
} else {
  const compared = values.ours === true ? subjects().slice(0, 1) : subjects();
  const runs = values.runs === undefined ? question.runs : Number.parseInt(values.runs, 10);
  const measuredIn = environment(compared);
  const rows = await question.ask(compared, runs);
  const result = { question: name, title: question.title, environment: measuredIn, rows };
  saveResult(result);
  console.log(table(result));
  renderAll();
}
