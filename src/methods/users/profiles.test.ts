import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[US1] a shared secret is nobody in particular: no profile, and no self", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call("users.list", {})).payload).toEqual({ profiles: [] });
  expect((await client.call("users.self", {})).error).toMatchObject({
    code: "FORBIDDEN",
    message: "users.self requires an authenticated user",
  });
  expect((await client.call("users.mentionable", { agentId: "main" })).error.code).toBe("FORBIDDEN");
});

test("[US1] what is written to a profile names the profile that is not there", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const identity = { channelId: "telegram", accountId: "default", senderId: "1" };

  for (const [method, params] of [
    ["users.linkEmail", { email: "a@b.c", targetProfileId: "p" }],
    ["users.setDisplayName", { profileId: "p", displayName: null }],
    ["users.setAvatar", { profileId: "p", mime: "image/png", avatarBase64: "AAAA" }],
    ["users.setRole", { profileId: "p", role: null }],
    ["users.listChannelIdentities", { profileId: "p" }],
    ["users.linkChannelIdentity", { profileId: "p", identity }],
    ["users.unlinkChannelIdentity", { profileId: "p", identity }],
  ] as const) {
    const answer = await client.call(method, params);
    expect([method, answer.error.message]).toEqual([method, "user profile not found: p"]);
  }
});

test("[US2] a role must be defined before it is given to anybody", async () => {
  const helper = { sessions: { others: "none" }, agents: "*", scopes: ["operator.read"] };
  const roles = { default: "helper", definitions: { helper } };
  await using gateway = await openTestGateway({ config: { gateway: { roles } } });
  await using client = await gateway.connect();
  const give = (role: string) => client.call("users.setRole", { profileId: "p", role });

  expect((await give("king")).error.message).toBe(
    'unknown operator role "king"; define it under gateway.roles.definitions before assigning it',
  );
  expect((await give("helper")).error.message).toBe("user profile not found: p");
});
