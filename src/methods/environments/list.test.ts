import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP7] agents work on this machine; other places are named or refused", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const list = await reader.call("environments.list", {});
  const here = await reader.call("environments.status", { environmentId: "gateway" });
  const nowhere = await reader.call("environments.status", { environmentId: "nope" });

  expect(list.payload["environments"]).toMatchObject([{ id: "gateway", type: "local", status: "available" }]);
  expect(here.payload).toMatchObject({ id: "gateway", sessionHost: true });
  expect(nowhere.error.message).toBe("unknown environmentId");
});

test("[OP7] who asks hears what it would take to see this machine's screen", async () => {
  await using gateway = await openTestGateway();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const plain = await reader.call("environments.list", {});
  const asked = await reader.call("environments.list", { includeDesktopSetup: true });

  expect(plain.payload["environments"]).not.toMatchObject([{ desktopSetup: {} }]);
  expect(asked.payload["environments"]).toMatchObject([
    {
      id: "gateway",
      desktopSetup: {
        state: "needs-server",
        detail: expect.stringMatching(/^gateway host desktop is unavailable at 127\.0\.0\.1:5900\. /),
      },
    },
  ]);
});
