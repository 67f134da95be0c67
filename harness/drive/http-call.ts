import { request } from "node:http";
import type { Gateway } from "../launch/gateway.ts";
import { WRONG_TOKEN } from "../launch/secrets.ts";
import type { StepOf } from "../scenario/step-schema.ts";

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const BODY_CHARACTERS_MAX = 4_000_000;

function parseEventStream(text: string): unknown[] {
  return text
    .split(/\r?\n\r?\n/)
    .map((block) => {
      const data = block
        .split(/\r?\n/)
        .filter((line) => line.startsWith("data:"))
        .map((line) => line.slice(5).trimStart())
        .join("\n");
      const event = /^event:\s*(.*)$/m.exec(block)?.[1];
      if (data === "" && event === undefined) return undefined;
      return { ...(event === undefined ? {} : { event }), data: parseJson(data) };
    })
    .filter((item) => item !== undefined);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function parseBody(text: string, contentType: string): unknown {
  if (contentType.includes("json")) return parseJson(text);
  if (contentType.includes("event-stream")) return parseEventStream(text);
  return text;
}

/** One HTTP request of a scenario. Node's own client, since fetch refuses some headers worth testing. */
export function httpCall(
  gateway: Gateway,
  http: StepOf<"http">["http"],
  timeoutMs: number,
): Promise<HttpAnswer> {
  const headers: Record<string, string> = { ...http.headers };
  if (http.auth !== "none") {
    headers["authorization"] = `Bearer ${http.auth === "token" ? gateway.token : WRONG_TOKEN}`;
  }
  const body =
    http.body === undefined
      ? undefined
      : typeof http.body === "string"
        ? http.body
        : JSON.stringify(http.body);
  if (body !== undefined) {
    headers["content-type"] ??= "application/json";
    headers["content-length"] = String(Buffer.byteLength(body));
  }
  const compared = new Set([
    "content-type",
    ...(http.compareHeaders ?? []).map((name) => name.toLowerCase()),
  ]);
  return new Promise((resolve, reject) => {
    const url = new URL(gateway.httpUrl);
    // The path goes out as written: URL would tidy away what some scenarios are about.
    const sent = request(
      { host: url.hostname, port: url.port, path: http.path, method: http.method, headers, agent: false },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => {
          if (text.length < BODY_CHARACTERS_MAX) text += part;
        });
        response.once("error", reject);
        response.once("end", () => {
          const kept = Object.entries(response.headers)
            .filter(([name]) => compared.has(name))
            .map(([name, value]): [string, string] => [
              name,
              Array.isArray(value) ? value.join(", ") : String(value),
            ]);
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(kept),
            body: parseBody(text, String(response.headers["content-type"] ?? "")),
          });
        });
      },
    );
    sent.setTimeout(timeoutMs, () => sent.destroy(new Error(`no HTTP answer after ${timeoutMs} ms`)));
    sent.once("error", reject);
    sent.end(body);
  });
}
