import { expect, test } from "vitest";
import { TestDevice } from "../../testing/device.ts";
import { deviceClient } from "../../testing/device-client.ts";
import { openTestGateway, type TestGateway } from "../../testing/gateway.ts";

/** Somebody at the Control UI that this gateway hosts. */
function atControlUi(gateway: TestGateway) {
  return deviceClient(gateway, new TestDevice(), {
    client: { id: "openclaw-control-ui", mode: "webchat" },
    scopes: ["operator.admin", "operator.read", "operator.write"],
    headers: { origin: gateway.url.replace("ws:", "http:") },
  });
}

test("[US6] who sits at the Control UI is the owner, and has a name, once given; programs are nobody", async () => {
  await using gateway = await openTestGateway();
  await using person = await atControlUi(gateway);
  await using program = await gateway.connect();

  const before = await person.call("users.self", {});
  const renamed = await person.call("users.setDisplayName", {
    profileId: "gateway-owner",
    displayName: "Ada",
  });

  expect(before.payload["profile"]).toMatchObject({ id: "gateway-owner", displayName: null, emails: [] });
  expect(renamed.payload["profile"]).toMatchObject({ displayName: "Ada" });
  expect((await program.call("users.list", {})).payload["profiles"]).toMatchObject([{ displayName: "Ada" }]);
  expect((await program.call("users.self", {})).error.code).toBe("FORBIDDEN");
  expect((await program.call("mentions.list", {})).error.code).toBe("FORBIDDEN");
});

test("[US6] the owner's inbox, accounts and GitHub are empty, and nothing to be refused", async () => {
  await using gateway = await openTestGateway();
  await using person = await atControlUi(gateway);

  expect((await person.call("mentions.list", {})).payload).toMatchObject({ revision: 0, items: [] });
  expect((await person.call("mentions.dismiss", { ids: ["x"] })).payload["items"]).toEqual([]);
  expect((await person.call("users.mentionable", { sessionKey: "agent:main:main" })).payload).toEqual({
    users: [],
    truncated: false,
  });
  expect((await person.call("users.listModelAccounts", {})).payload["profileId"]).toBe("gateway-owner");
  expect((await person.call("users.github.status", {})).payload["personal"]).toMatchObject({
    state: "disconnected",
  });
});

test("[US7] the owner's preferences are kept, and written over only as expected", async () => {
  await using gateway = await openTestGateway();
  await using person = await atControlUi(gateway);
  const set = (entries: object, expectedEntries?: object) =>
    person.call("users.prefs.set", {
      entries,
      ...(expectedEntries === undefined ? {} : { expectedEntries }),
    });

  const first = await set({ theme: "dark", size: 1 }, { theme: null });
  const stale = await set({ theme: "light" }, { theme: "blue" });
  const fresh = await set({ theme: null }, { theme: "dark" });

  expect([first, stale, fresh].map(({ payload }) => payload["status"])).toEqual(["ok", "conflict", "ok"]);
  expect((await person.call("users.prefs.get", { keys: ["theme", "size"] })).payload).toEqual({
    status: "ok",
    entries: { size: 1 },
  });
});
