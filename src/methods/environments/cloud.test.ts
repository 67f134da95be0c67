import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP7] no machine in a cloud can be hired", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();

  const create = await admin.call("environments.create", { profileId: "big", idempotencyKey: "k" });
  const destroy = await admin.call("environments.destroy", { environmentId: "gateway" });
  const session = await admin.call("environments.session.status", { sessionKey: "agent:main:x" });

  expect(create.error.message).toBe("Unknown worker profile: big");
  expect(destroy.error.message).toBe("Unknown worker environment: gateway");
  expect(session.error.message).toBe("A persistent conversation is required for an attached environment");
});

test("[OP7] nothing is attached to a session that is there, and stopping that is done at once", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "agent:main:x" });
  const ask = async (what: string) =>
    (await client.call(`environments.session.${what}`, { sessionKey: "agent:main:x" })).payload;

  expect(await ask("status")).toEqual({ attachment: null });
  expect(await ask("destroy")).toEqual({ stopped: true });
});
