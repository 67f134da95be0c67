import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[BD5] what is done on a widget is kept for its session's agent; what is not there can do nothing", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const sessionKey = "agent:main:b";
  await client.call("sessions.create", { key: sessionKey });
  const content = { kind: "html", html: "<b>x</b>" };
  await client.call("board.widget.put", { sessionKey, name: "w", content });

  const kept = await client.call("board.event", { sessionKey, widget: "w", payload: { a: 1 } });
  const absent = await client.call("board.event", { sessionKey, widget: "v", payload: 1 });
  const ticket = await client.call("board.event", { ticket: "x", payload: 1 });

  expect(kept.payload).toEqual({ ok: true, appended: true });
  expect(absent.error.message).toBe("board widget not found: v");
  expect(ticket.error.message).toBe("board widget view ticket is invalid");
});
