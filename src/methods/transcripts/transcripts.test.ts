import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP6] nothing listens to meetings, so their library is empty", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const list = await reader.call("transcripts.list", {});
  const get = await reader.call("transcripts.get", { selector: "x" });

  expect(list.payload).toEqual({ sessions: [], nextCursor: null });
  expect(get.error.details).toEqual({ type: "transcript_session_not_found" });
});
