import { lookup } from "node:dns/promises";
import http from "node:http";
import https from "node:https";
import { isPublicAddress, isPublicHost, type WebAnswer, type WebFetch } from "../../domain/links/index.ts";

/** Headers of a request that belongs to nobody: no cookie, no credential, nothing about this machine. */
const HEADERS = { "user-agent": "Understudy", "accept-language": "en" };

/**
 * Fetches from the public internet only. The address is resolved here, checked, and connected to as it was checked,
 * so that a name cannot be turned to a private address between the look and the call; each redirect is a new look.
 */
export const publicFetch: WebFetch = async (target, options) => {
  let url = target;
  for (let redirects = 0; redirects <= options.redirectsMax; redirects += 1) {
    const answer = await fetchOnce(url, options);
    const location = answer.headers["location"];
    if (answer.status < 300 || answer.status >= 400 || location === undefined) return answer;
    const next = URL.parse(location, url);
    if (next === null) throw new Error("redirected to nowhere");
    url = next;
  }
  throw new Error("redirected too often");
};

async function fetchOnce(url: URL, options: Parameters<WebFetch>[1]): Promise<WebAnswer> {
  if (!isPublicHost(url)) throw new Error(`not a public address: ${url.hostname}`);
  const [found, ...others] = await lookup(url.hostname, { all: true });
  if (found === undefined || ![found, ...others].every(({ address }) => isPublicAddress(address))) {
    throw new Error(`not a public address: ${url.hostname}`);
  }
  const { promise, resolve, reject } = Promise.withResolvers<WebAnswer>();
  const request = (url.protocol === "https:" ? https : http).request(
    url,
    {
      headers: { ...HEADERS, ...options.headers },
      signal: AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]),
      lookup: (_name, wants, done) => {
        if (wants.all === true) done(null, [found]);
        else done(null, found.address, found.family);
      },
    },
    (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      let isTruncated = false;
      const finish = (): void =>
        resolve({
          url,
          status: response.statusCode ?? 0,
          headers: flat(response.headers),
          body: Buffer.concat(chunks),
          isTruncated,
        });
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= options.bytesMax) {
          chunks.push(chunk);
          return;
        }
        isTruncated = true;
        finish();
        response.destroy();
      });
      response.on("end", finish);
      response.on("error", reject);
    },
  );
  request.on("error", reject);
  request.end();
  return await promise;
}

function flat(headers: http.IncomingHttpHeaders): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value] as const],
  );
  return Object.fromEntries(entries);
}
