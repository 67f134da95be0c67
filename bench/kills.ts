/**
 * `npm run kills -- [--cycles N] [--minutes M] [--seed S]`: kills the gateway with SIGKILL at random moments while
 * messages are on their way, and looks whether one that was acknowledged is lost or delivered twice.
 */
import { createServer, type Server } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { BenchClient } from "./client.ts";
import { RunningGateway } from "./gateway.ts";
import { subjects } from "./subject.ts";

/** Cycles after which everything is looked at, and sessions that one such stretch uses. */
const STRETCH = 25;
const SESSIONS = 3;
const SENDS_MAX = 4;
/** The longest a gateway lives once messages are on their way. */
const LIFE_MS_MAX = 60;
const SETTLE_MS = 30_000;

interface Sent {
  readonly key: string;
  readonly sessionKey: string;
  isAcknowledged: boolean;
}

interface Tally {
  acknowledged: number;
  unanswered: number;
  interrupted: number;
  failed: number;
}

const { values } = parseArgs({
  options: {
    cycles: { type: "string", default: "1000" },
    minutes: { type: "string", default: "10" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const cyclesMax = Number(values.cycles);
const until = performance.now() + Number(values.minutes) * 60_000;
const random = randomFrom(Number(values.seed));
console.log(`seed ${values.seed}, at most ${cyclesMax} cycles or ${values.minutes} minutes`);

const subject = subjects()[0];
if (subject === undefined) throw new Error("there is no gateway to kill");
const model = await answeringModel();
const tally: Tally = { acknowledged: 0, unanswered: 0, interrupted: 0, failed: 0 };
const problems: string[] = [];
let cycles = 0;
{
  await using gateway = await RunningGateway.start(subject, { config: model.config });
  let stretch: Sent[] = [];
  while (cycles < cyclesMax && performance.now() < until && problems.length === 0) {
    cycles += 1;
    stretch.push(...(await oneLife(gateway, stretch)));
    await gateway.restart();
    if (cycles % STRETCH === 0) {
      problems.push(...(await examine(gateway, stretch)));
      console.log(`${cycles} cycles, ${tally.acknowledged} acknowledged, ${problems.length} problems`);
      stretch = [];
    }
  }
  problems.push(...(await examine(gateway, stretch)));
}
model.close();
console.log(`${cycles} cycles of kill -9, seed ${values.seed}: ${JSON.stringify(tally)}`);
for (const problem of problems.slice(0, 20)) console.error(problem);
console.log(problems.length === 0 ? "nothing lost, nothing twice" : `${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Sends a few messages and returns at a random moment, when the caller kills the gateway. */
async function oneLife(gateway: RunningGateway, stretch: readonly Sent[]): Promise<Sent[]> {
  const client = await gateway.connect();
  const count = 1 + Math.floor(random() * SENDS_MAX);
  const fresh = Array.from({ length: count }, (_, index): Sent => {
    const session = Math.floor(random() * SESSIONS);
    const sessionKey = `agent:main:kills-${Math.floor((cycles - 1) / STRETCH)}-${session}`;
    return { key: `k${cycles}-${index}`, sessionKey, isAcknowledged: false };
  });
  // What was not acknowledged is sent again, as a client would: with the key it had.
  const again = stretch.filter((one) => !one.isAcknowledged && random() < 0.5);
  for (const one of [...again, ...fresh]) {
    send(client, one).catch(() => {});
    if (random() < 0.3) await pause(random() * 5);
  }
  await pause(random() * LIFE_MS_MAX);
  return fresh;
}

async function send(client: BenchClient, sent: Sent): Promise<void> {
  const { key, sessionKey } = sent;
  const params = { sessionKey, message: `message <${key}>`, idempotencyKey: key, queueMode: "followup" };
  await client.call("chat.send", params);
  sent.isAcknowledged = true;
}

/** Waits until nothing goes on any more, and counts what became of each message. */
async function examine(gateway: RunningGateway, stretch: readonly Sent[]): Promise<string[]> {
  await using client = await gateway.connect();
  const found: string[] = [];
  const sessionKeys = [...new Set(stretch.map((one) => one.sessionKey))];
  for (const sessionKey of sessionKeys) {
    const history = await settled(client, sessionKey);
    const said = history.messages.map((message) => ({ role: message.role, text: textOf(message.content) }));
    const before = found.length;
    const waiting = history.pendingInputs.items.map((item) => textOf(item.message.content));
    for (const one of stretch.filter((sent) => sent.sessionKey === sessionKey)) {
      const count = (role: string) =>
        said.filter((message) => message.role === role && message.text.includes(`<${one.key}>`)).length;
      const [asked, answered] = [count("user"), count("assistant")];
      const shown = waiting.filter((text) => text.includes(`<${one.key}>`)).length;
      if (asked + shown > 1) found.push(`${one.key} is there ${asked + shown} times`);
      if (answered > 1) found.push(`${one.key} was answered ${answered} times`);
      if (!one.isAcknowledged) continue;
      tally.acknowledged += 1;
      if (asked + shown === 0) found.push(`${one.key} was acknowledged and is lost`);
      if (shown === 1) tally.interrupted += 1;
      if (asked === 1 && answered === 0) {
        const outcome = await client.call("agent.wait", { runId: one.key, timeoutMs: 1_000 });
        if (outcome["status"] === "error") tally.failed += 1;
        else tally.unanswered += 1;
        if (outcome["status"] !== "error") found.push(`${one.key}: ${JSON.stringify(outcome)} and no answer`);
      }
    }
    if (found.length > before) found.push(outline(history));
  }
  return found;
}

/** The conversation in which something is wrong, one line per message. */
function outline(history: History): string {
  const line = (message: History["messages"][number]) =>
    `  ${message.role} ${textOf(message.content).slice(0, 120)} ${JSON.stringify(message.__openclaw ?? {})}`;
  return history.messages.map(line).join("\n");
}

interface History {
  readonly messages: readonly {
    readonly role: string;
    readonly content: unknown;
    readonly __openclaw?: unknown;
  }[];
  readonly pendingInputs: {
    readonly items: readonly { readonly state: string; readonly message: { readonly content: unknown } }[];
  };
  readonly sessionInfo: { readonly hasActiveRun?: boolean };
}

async function settled(client: BenchClient, sessionKey: string): Promise<History> {
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    const answer: unknown = await client.call("chat.history", { sessionKey, limit: 1_000 });
    const history = answer as History;
    const waits = history.pendingInputs.items.some((item) => item.state === "queued");
    if (history.sessionInfo.hasActiveRun !== true && !waits) return history;
    if (performance.now() > deadline) throw new Error(`${sessionKey} does not come to rest`);
    await pause(20);
  }
}

function textOf(content: unknown): string {
  return typeof content === "string" ? content : JSON.stringify(content);
}

/** A model that answers each request with the last message that it was sent, in a few pieces. */
async function answeringModel() {
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const marks = Buffer.concat(parts)
        .toString()
        .matchAll(/message <(k\d+-\d+)>/g);
      const mark = [...marks].at(-1)?.[1] ?? "nothing";
      void speak(response, ["That was ", "the reply to ", `<${mark}>.`]);
    });
  });
  const port = await new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    }),
  );
  const kills = {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    apiKey: "kills-key",
    api: "openai-completions",
    models: [{ id: "kills-1", name: "Kills 1", input: ["text"], contextWindow: 128_000, maxTokens: 4_096 }],
  };
  return {
    config: {
      models: { providers: { kills } },
      agents: { defaults: { model: { primary: "kills/kills-1" } } },
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function speak(
  response: Parameters<Parameters<typeof createServer>[1] & object>[1],
  pieces: readonly string[],
): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const write = (choice: object) =>
    response.write(
      `data: ${JSON.stringify({ id: "c", model: "kills-1", choices: [{ index: 0, ...choice }] })}\n\n`,
    );
  for (const content of pieces) {
    write({ delta: { content } });
    await pause(random() * 8);
  }
  write({ delta: {}, finish_reason: "stop" });
  response.end("data: [DONE]\n\n");
}

/** Numbers between 0 and 1 that follow from a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
