import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

afterEach(() => vi.unstubAllEnvs());

/** A hub that notes what it was asked, and answers with what a path is given. */
async function openHub(
  answers: Readonly<Record<string, { readonly status: number; readonly body: string }>>,
) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const { status, body } = answers[(request.url ?? "").split("?")[0] ?? ""] ?? {
      status: 404,
      body: "none",
    };
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async (): Promise<void> => {
    const isClosed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await isClosed;
  };
  return { asked, url, [Symbol.asyncDispose]: close };
}

test("[SK21] a search and a detail are the hub's own answers", async () => {
  const found = { results: [{ slug: "alpha" }] };
  await using hub = await openHub({
    "/api/v1/search": { status: 200, body: JSON.stringify(found) },
    "/api/v1/skills": { status: 200, body: '{"items":[]}' },
    "/api/v1/skills/%40a%2Fb": { status: 200, body: '{"skill":null}' },
  });
  vi.stubEnv("OPENCLAW_CLAWHUB_URL", hub.url);
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call("skills.search", { query: "al pha", limit: 3 })).payload).toEqual(found);
  expect((await client.call("skills.search", {})).payload).toEqual({ items: [] });
  expect((await client.call("skills.detail", { slug: "@a/b" })).payload).toEqual({ skill: null });
  expect(hub.asked).toEqual([
    "/api/v1/search?q=al+pha&limit=3",
    "/api/v1/skills?",
    "/api/v1/skills/%40a%2Fb",
  ]);
});

test("[SK21] what goes wrong on the way to the hub is told with its causes", async () => {
  const hub = await openHub({ "/api/v1/skills": { status: 200, body: "half a fil" } });
  vi.stubEnv("OPENCLAW_CLAWHUB_URL", hub.url);
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const failure = async (method: string, params: Record<string, unknown>) =>
    (await client.call(method, params)).error;

  expect(await failure("skills.detail", { slug: "x" })).toMatchObject({
    code: "UNAVAILABLE",
    message: "ClawHub /api/v1/skills/x failed (404): none",
  });
  expect((await failure("skills.search", {})).message).toMatch(/^Unexpected token/);
  await hub[Symbol.asyncDispose]();
  expect(await failure("skills.detail", { slug: "x" })).toMatchObject({
    code: "UNAVAILABLE",
    message: expect.stringMatching(/^fetch failed \| connect ECONNREFUSED \S+ \| ECONNREFUSED$/),
  });
});

test.for([
  "a/b",
  "a_b",
  "-a",
  "a b",
  "a/../b",
])("[SK21] the hub is not asked for what is no slug: %s", async (slug) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call("skills.detail", { slug })).error).toEqual({
    code: "UNAVAILABLE",
    message: `Invalid skill slug: ${slug}`,
  });
});
