import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[SK10] the library is empty, and only an admin may manage the workspace's", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  expect((await admin.call("skills.library.list", {})).payload).toMatchObject({
    entries: [],
    canManageWorkspace: true,
    defaultTarget: "workspace",
  });
  expect((await reader.call("skills.library.list", {})).payload).toMatchObject({
    canManageWorkspace: false,
    defaultTarget: "unavailable",
  });
});
