import { ProviderFailure } from "../../../domain/runs/index.ts";
import { baseUrl } from "../base-url.ts";
import { brokenConnection, reasonOf } from "../failures.ts";
import { messageOf, postForEvents } from "../http.ts";
import type { ProviderOptions } from "../options.ts";

const HOME = "https://api.openai.com/v1";

/** What a dialect makes of the events of a stream. */
export interface Reader<Event, Piece> {
  read(event: Event): Iterable<Piece>;
  end(): Iterable<Piece>;
}

/** One call of a service that speaks a dialect of OpenAI's, from the request to the end of its stream. */
export async function* converse<Event, Piece>(
  call: { readonly path: string; readonly body: unknown; readonly reader: Reader<Event, Piece> },
  options: ProviderOptions,
  signal: AbortSignal,
): AsyncGenerator<Piece> {
  const settings = options.settings();
  const url = `${baseUrl(settings, HOME)}${call.path}`;
  const headers = { authorization: `Bearer ${settings?.apiKey ?? "none"}`, ...settings?.headers };
  try {
    for await (const event of postForEvents({ url, headers, body: call.body }, options, signal)) {
      const problem = messageOf(event);
      if (problem !== undefined) throw new ProviderFailure(reasonOf(undefined, problem), problem);
      // The service's word for it: what is none of its events breaks the stream below.
      yield* call.reader.read(event as Event);
    }
    yield* call.reader.end();
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof ProviderFailure ? error : brokenConnection(error);
  }
}
