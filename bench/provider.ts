import { createServer, type Server, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

const WORDS = ["Good ", "morning ", "to ", "you."];

export interface Pace {
  /** How many words it says, and how long it waits between two of them. */
  readonly words: number;
  readonly everyMs: number;
}

/**
 * A model that answers at once, in four pieces, or at the pace it is given, and notes when it was asked and when it
 * began to answer.
 */
export class FakeProvider implements AsyncDisposable {
  readonly #server: Server;
  readonly #port: number;
  readonly #pace: Pace | undefined;
  /** Times of the last call: its request was read; its first word was written; its last byte was written. */
  askedAt = 0;
  firstWordAt = 0;
  endedAt = 0;

  private constructor(server: Server, port: number, pace: Pace | undefined) {
    this.#server = server;
    this.#port = port;
    this.#pace = pace;
  }

  static start(pace?: Pace): Promise<FakeProvider> {
    const { promise, resolve } = Promise.withResolvers<FakeProvider>();
    const server = createServer((request, response) => {
      request.resume().on("end", () => void provider.#answer(response));
    });
    let provider: FakeProvider;
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      provider = new FakeProvider(
        server,
        typeof address === "object" && address !== null ? address.port : 0,
        pace,
      );
      resolve(provider);
    });
    return promise;
  }

  /** The part of openclaw.json that makes this the default model. */
  config(): Record<string, unknown> {
    const model = {
      id: "bench-1",
      name: "Bench 1",
      reasoning: false,
      input: ["text"],
      cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
      contextWindow: 128_000,
      maxTokens: 4_096,
    };
    const bench = {
      baseUrl: `http://127.0.0.1:${this.#port}/v1`,
      apiKey: "bench-provider-key",
      api: "openai-completions",
      models: [model],
    };
    return {
      models: { providers: { bench } },
      agents: { defaults: { model: { primary: "bench/bench-1" } } },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(response: ServerResponse): Promise<void> {
    this.askedAt = performance.now();
    response.writeHead(200, { "content-type": "text/event-stream" });
    const chunk = (delta: object, rest: object = {}): void => {
      const body = { id: "b1", object: "chat.completion.chunk", created: 1, model: "bench-1" };
      response.write(`data: ${JSON.stringify({ ...body, choices: [{ index: 0, delta, ...rest }] })}\n\n`);
    };
    chunk({ role: "assistant", content: "" });
    this.firstWordAt = performance.now();
    const { words, everyMs } = this.#pace ?? { words: WORDS.length, everyMs: 0 };
    for (let word = 0; word < words; word += 1) {
      if (everyMs > 0) await pause(everyMs);
      chunk({ content: WORDS[word % WORDS.length] });
    }
    chunk({}, { finish_reason: "stop" });
    response.end("data: [DONE]\n\n");
    this.endedAt = performance.now();
  }
}
