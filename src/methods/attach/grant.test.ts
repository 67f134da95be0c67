import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[MC3] a token that opens nothing has nothing to be revoked, and none is no token", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using writer = await gateway.connect({ scopes: ["operator.write"] });

  const unknown = await client.call("attach.revoke", { token: "t" });
  const blank = await client.call("attach.revoke", { token: " " });
  const refused = await writer.call("attach.revoke", { token: "t" });

  expect(unknown.payload).toEqual({ revoked: false });
  expect(blank.error).toMatchObject({ code: "INVALID_REQUEST", message: "token is required" });
  expect(refused.error).toMatchObject({ code: "FORBIDDEN", message: "missing scope: operator.admin" });
});
