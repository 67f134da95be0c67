import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[SE23] a category makes a group, a rename moves its sessions, a group with members is not dropped", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "a", category: "Work" });

  const listed = await client.call("sessions.groups.list", {});
  const dropped = await client.call("sessions.groups.put", { names: ["Other"] });
  const put = await client.call("sessions.groups.put", { names: ["Other", "Work", "Other"] });
  const renamed = await client.call("sessions.groups.rename", { name: "Work", to: "Play" });
  const members = await client.call("sessions.list", { group: "Play" });
  const removed = await client.call("sessions.groups.delete", { name: "Play" });
  const left = await client.call("sessions.list", { group: "" });

  expect(listed.payload).toEqual({ groups: [{ name: "Work", position: 0 }], sectionOrder: [] });
  expect(dropped.error.message).toBe(
    'sessions.groups.put cannot drop groups that still have member sessions: "Work" (1); include them in names or remove them via sessions.groups.delete',
  );
  expect(put.payload["groups"]).toEqual([
    { name: "Other", position: 0 },
    { name: "Work", position: 1 },
  ]);
  expect(renamed.payload).toMatchObject({ ok: true, updatedSessions: 1 });
  expect(members.payload["count"]).toBe(1);
  expect(removed.payload).toMatchObject({ updatedSessions: 1, groups: [{ name: "Other", position: 0 }] });
  expect(left.payload["count"]).toBe(1);
});

test.for([
  ["sessions.groups.rename", { name: "nope", to: "x" }],
  ["sessions.groups.update", { name: "nope", cwd: null, worktree: false }],
] as const)("[SE23] %s refuses a group that is not there", async ([method, params]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call(method, params)).error.message).toBe("unknown session group: nope");
});
