import { expect, test } from "vitest";
import { TestDevice } from "../../testing/device.ts";
import { deviceClient } from "../../testing/device-client.ts";
import { openTestGateway, type TestGateway } from "../../testing/gateway.ts";

const PERSON = { type: "profile", id: "gateway-owner" };
const ACTOR = { type: "human", id: "gateway-owner", identity: PERSON };

function atControlUi(gateway: TestGateway) {
  return deviceClient(gateway, new TestDevice(), {
    client: { id: "openclaw-control-ui", mode: "webchat" },
    scopes: ["operator.admin", "operator.read", "operator.write"],
    headers: { origin: gateway.url.replace("ws:", "http:") },
  });
}

type Caller = Awaited<ReturnType<typeof atControlUi>>;

async function say(caller: Pick<Caller, "call">, sessionKey: string, idempotencyKey: string): Promise<void> {
  await caller.call("chat.send", { sessionKey, message: "hello", idempotencyKey });
  await caller.call("agent.wait", { runId: idempotencyKey });
}

test("[US8] a session that the owner begins is the owner's, and so is what the owner says in it", async () => {
  await using gateway = await openTestGateway();
  await using person = await atControlUi(gateway);

  await say(person, "agent:main:main", "first");
  const { session } = (await person.call("sessions.describe", { key: "agent:main:main" })).payload;
  const { messages } = (await person.call("chat.history", { sessionKey: "main" })).payload;
  const listed = (await person.call("sessions.list", {})).payload;

  expect(session).toMatchObject({ createdActor: ACTOR, owner: { actor: ACTOR } });
  expect(session).not.toHaveProperty("participants");
  expect(listed).toMatchObject({ owners: [ACTOR], sessions: [{ createdActor: ACTOR }] });
  expect((messages as unknown[])[0]).toMatchObject({
    __openclaw: {
      senderIsOwner: true,
      senderId: "gateway-owner",
      senderIdentity: PERSON,
      senderProfileAvatarUrl: expect.stringMatching(/^\/api\/users\/gateway-owner\/avatar\?v=\d+$/),
    },
  });
});

test("[US8] a program is nobody: its session has no owner, and the owner takes part in it", async () => {
  await using gateway = await openTestGateway();
  await using program = await gateway.connect();
  await using person = await atControlUi(gateway);

  await say(program, "agent:main:theirs", "first");
  await say(person, "agent:main:theirs", "second");
  const { session } = (await person.call("sessions.describe", { key: "agent:main:theirs" })).payload;

  expect(session).not.toHaveProperty("createdActor");
  expect((await person.call("sessions.list", {})).payload["owners"]).toEqual([]);
  expect(session).toMatchObject({
    participants: [{ identity: { type: "observation" } }, { identity: PERSON }],
    participantCount: 2,
  });
});

test("[US8] a session that is created keeps its maker when it starts over", async () => {
  await using gateway = await openTestGateway();
  await using person = await atControlUi(gateway);

  const created = (await person.call("sessions.create", { key: "agent:main:mine" })).payload;
  await person.call("sessions.reset", { key: "agent:main:mine" });
  const { session } = (await person.call("sessions.describe", { key: "agent:main:mine" })).payload;

  expect(created["entry"]).toMatchObject({
    createdActor: { type: "human", source: "profile", id: "gateway-owner" },
    skillLibrarySelections: [],
  });
  expect(session).toMatchObject({ createdActor: ACTOR });
});

test("[US8] a session is given to an agent by a person, and only to somebody who is there", async () => {
  await using gateway = await openTestGateway();
  await using program = await gateway.connect();
  await using person = await atControlUi(gateway);
  const key = "agent:main:given";
  await program.call("sessions.create", { key });
  const owner = { type: "agent", id: "main" };

  const nobody = await program.call("sessions.assignOwner", { key, owner });
  const unknown = await person.call("sessions.assignOwner", { key, owner: { type: "agent", id: "none" } });
  const given = await person.call("sessions.assignOwner", { key, owner });
  const { sessions } = (await person.call("sessions.list", { ownerId: "main" })).payload;

  expect(nobody.error.message).toBe("sessions.assignOwner requires an identified caller");
  expect(unknown.error.message).toBe('unknown session owner "none"');
  expect(given.payload).toMatchObject({
    ok: true,
    key,
    owner: { actor: { ...owner, identity: owner }, assignedBy: ACTOR },
  });
  expect(sessions).toMatchObject([{ key, owner: { actor: owner } }]);
});

test("[US8] lists are asked for what somebody made or takes part in", async () => {
  await using gateway = await openTestGateway();
  await using program = await gateway.connect();
  await using person = await atControlUi(gateway);
  await program.call("sessions.create", { key: "agent:main:theirs" });
  await person.call("sessions.create", { key: "agent:main:mine" });
  const keysOf = async (query: Record<string, unknown>) => {
    const { sessions } = (await program.call("sessions.list", query)).payload;
    return (sessions as { key: string }[]).map(({ key }) => key);
  };

  expect(await keysOf({ creatorId: "gateway-owner" })).toEqual(["agent:main:mine"]);
  expect(await keysOf({ involvingProfileId: "gateway-owner" })).toEqual(["agent:main:mine"]);
  expect(await keysOf({ involvingProfileId: "nobody" })).toEqual([]);
});
