import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[SE31] a session has an empty board, under its canonical key", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect({ scopes: ["operator.read"] });

  const board = await client.call("board.get", { sessionKey: "A" });
  const malformed = await client.call("board.get", { sessionKey: "agent::x" });

  expect(board.payload).toEqual({ sessionKey: "agent:main:a", revision: 0, tabs: [], widgets: [] });
  expect(malformed.error.message).toBe('malformed session key "agent::x"');
});
