import { expect, test } from "vitest";
import type { TestClient } from "../../testing/client.ts";
import { openTestGateway } from "../../testing/gateway.ts";

const sessionKey = "agent:main:b";
const HTML = { kind: "html", html: "<b>x</b>" };

const update = (client: TestClient, ...ops: unknown[]) => client.call("board.update", { sessionKey, ops });
const put = (client: TestClient, name: string, more: Record<string, unknown> = {}) =>
  client.call("board.widget.put", { sessionKey, name, content: HTML, ...more });
const places = (payload: Record<string, unknown>) =>
  (payload["widgets"] as { name: string; tabId: string; position: number }[]).map(
    ({ name, tabId, position }) => `${tabId}/${position}/${name}`,
  );

test("[BD1] each change of a board is a revision that readers hear of, and what fails changes nothing", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await using reader = await gateway.connect({ scopes: ["operator.read"] });
  const nowhere = await update(client, { kind: "tab_create", tabId: "a", title: "A" });
  await client.call("sessions.create", { key: sessionKey });

  const first = await update(client, { kind: "tab_create", tabId: "a", title: "A" });
  const half = await update(
    client,
    { kind: "tab_create", tabId: "b", title: "B" },
    { kind: "widget_remove", name: "nope" },
  );
  const nothing = await update(client);

  expect(nowhere.error.message).toBe("board session not found: agent:main:b");
  expect(first.payload).toEqual({
    sessionKey,
    revision: 1,
    tabs: [{ tabId: "a", title: "A", position: 0, chatDock: "right" }],
    widgets: [],
  });
  expect(half.error.message).toBe("board widget not found: nope");
  expect(nothing.payload).toEqual(first.payload);
  expect((await reader.event("board.changed")).payload).toEqual({ sessionKey, revision: 1 });
  expect((await reader.call("board.get", { sessionKey })).payload).toEqual(first.payload);
});

test("[BD2] widgets are put on the first tab, behind another, moved, resized, and follow when their tab goes", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: sessionKey });
  await put(client, "one", { placement: { size: "lg" } });
  await put(client, "two");
  const third = await put(client, "three", { placement: { after: "one" } });
  await update(client, { kind: "tab_create", tabId: "b", title: "B" });
  await update(client, { kind: "widget_move", name: "one", tabId: "b" });
  const resized = await update(client, { kind: "widget_resize", name: "two", sizeW: 99, sizeH: 0 });
  const gone = await update(client, { kind: "tab_delete", tabId: "b" });
  const last = await update(client, { kind: "tab_delete", tabId: "main" });

  expect(places(third.payload)).toEqual(["main/0/one", "main/1/three", "main/2/two"]);
  expect(places(resized.payload)).toEqual(["main/0/three", "main/1/two", "b/0/one"]);
  expect(resized.payload["widgets"]).toContainEqual(
    expect.objectContaining({ name: "two", sizeW: 12, sizeH: 1, heightMode: "fixed" }),
  );
  expect(places(gone.payload)).toEqual(["main/0/three", "main/1/two", "main/2/one"]);
  expect(last.error.message).toBe("cannot delete the last board tab while it contains widgets");
});

test("[BD3] a widget put again keeps its place and size as another instance; a grant is for one instance", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: sessionKey });
  const before = await put(client, "one", { title: "T", placement: { size: "sm" } });
  const after = await put(client, "one", { declared: { tools: ["t"] } });
  const row = (payload: Record<string, unknown>) =>
    (payload["widgets"] as Record<string, unknown>[])[0] ?? {};
  const { instanceId } = row(after.payload);
  const decision = { sessionKey, name: "one", decision: "rejected", revision: 2 };
  const stale = await client.call("board.widget.grant", { ...decision, instanceId: "x" });
  const granted = await client.call("board.widget.grant", { ...decision, instanceId });

  expect(after.payload).toMatchObject({ revision: 3, resolvedWidgetName: "one" });
  expect(row(after.payload)).toMatchObject({
    title: "T",
    sizeW: 3,
    sizeH: 3,
    revision: 2,
    grantState: "granted",
    declaredSummary: ["Tool access: t"],
  });
  expect(instanceId).not.toBe(row(before.payload)["instanceId"]);
  expect(stale.error.message).toBe("board widget instance changed: one");
  expect(row(granted.payload)).toMatchObject({ grantState: "rejected" });
});

test.for([
  [{ kind: "mcp-app", viewId: "v" }, "UNAVAILABLE"],
  [{ kind: "registered", contentKind: "zz", source: "" }, "INVALID_REQUEST"],
] as const)("[BD4] what nothing here can draw is refused: %j", async ([content, code]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: sessionKey });

  expect((await put(client, "one", { content })).error.code).toBe(code);
  const ticket = await client.call("board.prompt.authorize", { ticket: "x" });
  expect(ticket.error.message).toBe("board widget view ticket is invalid");
});
