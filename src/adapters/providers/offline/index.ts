import type { Provider, ProviderEvent, ProviderRequest } from "../../../domain/runs/provider.ts";

/** Characters of the echo; a longer message is cut, since nobody reads it twice. */
const ECHO_CHARS_MAX = 4_000;
/** When something was said stands before it; an echo leaves that out. */
const SAID_AT = /^\[\w{3} \d{4}-\d\d-\d\d \d\d:\d\d [^\]]+\] /;
/** Tokens are estimated, as nobody counts them here: four characters each, a usual rule of thumb. */
const CHARS_PER_TOKEN = 4;

/**
 * A model that needs no network and no key: it answers with what it was told. The same prompt gives the same stream
 * of words, which makes it good for a first try and for tests.
 */
export function offlineProvider(): Provider {
  return {
    async *stream(request, signal): AsyncGenerator<ProviderEvent> {
      const answer = reply(request);
      for (const word of words(answer)) {
        signal.throwIfAborted();
        yield { type: "text", text: word };
        // Lets what arrived meanwhile (an abort, another client) be handled between two words.
        await Promise.resolve();
      }
      const input = estimate(request.system) + sum(request.messages.map((message) => estimate(message.text)));
      const output = estimate(answer);
      const usage = { input, output, cacheRead: 0, cacheWrite: 0, total: input + output };
      yield { type: "usage", usage };
      yield { type: "stop", reason: "stop" };
    },
  };
}

function reply(request: ProviderRequest): string {
  const text = request.messages.findLast((message) => message.role === "user")?.text ?? "";
  const said = text.replace(SAID_AT, "").trim();
  return `You said: ${said.slice(0, ECHO_CHARS_MAX)}`;
}

/** Words with the space after them, so that the pieces add up to the text. */
function words(text: string): readonly string[] {
  return text.match(/\S+\s*|\s+/g) ?? [];
}

function estimate(text: string): number {
  return Math.ceil(text.length / CHARS_PER_TOKEN);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
