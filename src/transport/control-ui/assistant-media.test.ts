import { expect, test } from "vitest";
import { createAssistantMedia } from "./assistant-media.ts";

const SOURCE = "media://inbound/dot---11111111-2222-4333-8444-555555555555.png";
const NAME = "dot---11111111-2222-4333-8444-555555555555.png";
const BYTES = Buffer.from("a picture");

function rig() {
  let now = 1_000;
  const handle = createAssistantMedia({
    files: { read: async (name) => (name === NAME ? BYTES : undefined) },
    clock: { now: () => now },
    key: "key",
    ticketMs: 500,
    isAuthorized: async ({ headers }) => headers["authorization"] === "Bearer good",
  });
  const ask = (query: Record<string, string>, headers: Record<string, string> = {}) => {
    const text = new URLSearchParams(query).toString();
    return handle({ method: "GET", path: "/__openclaw__/assistant-media", query: text, headers });
  };
  const meta = async (query: Record<string, string>) => {
    const answer = await ask({ ...query, meta: "1" }, { authorization: "Bearer good" });
    return JSON.parse(String(answer.body)) as Record<string, unknown>;
  };
  return { ask, meta, later: (ms: number) => void (now += ms) };
}

test("[HT30] a page that may ask gets a ticket, and the ticket opens the file in that session for a while", async () => {
  const { ask, meta, later } = rig();
  const place = { source: SOURCE, sessionKey: "agent:main:main" };

  const told = await meta(place);
  const ticket = { mediaTicket: String(told["mediaTicket"]) };
  const file = await ask({ ...place, ...ticket });

  expect(told).toMatchObject({ available: true, mimeType: "image/png", sizeBytes: BYTES.length });
  expect(told["mediaTicketExpiresAt"]).toBe("1970-01-01T00:00:01.500Z");
  expect(file).toMatchObject({ status: 200, headers: { "Content-Type": "image/png" }, body: BYTES });
  expect(file.headers["Content-Disposition"]).toBe(`inline; filename="dot.png"; filename*=UTF-8''dot.png`);
  expect((await ask({ source: SOURCE, ...ticket })).status).toBe(404);
  expect((await ask({ ...place, mediaTicket: "wrong" })).status).toBe(401);
  later(500);
  expect((await ask({ ...place, ...ticket })).status).toBe(404);
});

test("[HT30] what is no file of a message is not shown, and nothing without the secret", async () => {
  const { ask, meta } = rig();
  const blocked = { available: false, code: "blocked-local-file", reason: "Blocked local file" };

  expect(await meta({ source: "media://inbound/nope.png" })).toEqual(blocked);
  expect(await meta({ source: "media://inbound/../../secret.png" })).toEqual(blocked);
  expect(await meta({ source: "/etc/shadow.png" })).toEqual(blocked);
  expect(await meta({ source: "/etc/passwd" })).toEqual({
    available: false,
    code: "unsupported-media-type",
    reason: "Not an image",
  });
  expect((await ask({ meta: "1" }, { authorization: "Bearer good" })).status).toBe(404);
  expect((await ask({ source: SOURCE, meta: "1" })).status).toBe(401);
  expect((await ask({ source: SOURCE })).status).toBe(401);
});
