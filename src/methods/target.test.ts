import { expect, test } from "vitest";
import { openTestGateway } from "../testing/gateway.ts";

const TWO = {
  agents: {
    ownership: "explicit",
    defaults: { systemAgent: { agentId: "main" } },
    entries: { main: {}, two: {} },
  },
};
const KEY = { sessionKey: "agent:main:x", agentId: "two" };
const APPROVAL = { title: "t", description: "d" };

test.for<[string, Record<string, unknown>]>([
  ["progressCard.get", KEY],
  ["board.get", KEY],
  ["models.list", KEY],
  ["tasks.list", KEY],
  ["taskSuggestions.list", KEY],
  ["artifacts.list", KEY],
  ["agent.identity.get", KEY],
  ["sessions.describe", { key: KEY.sessionKey, agentId: "two" }],
  ["plugins.sessionAction", { pluginId: "p", actionId: "a", ...KEY }],
  ["plugin.approval.request", { ...APPROVAL, ...KEY }],
  ["ui.command", { command: { kind: "split", direction: "right", sessionKey: "main" }, ...KEY }],
])("[SE1] %s does not take a session of one agent for another's", async ([method, params]) => {
  await using gateway = await openTestGateway({ config: TWO });
  await using client = await gateway.connect();

  expect((await client.call(method, params)).error.message).toBe(
    'agent "two" does not match session key agent "main"',
  );
});

test.for<[string, Record<string, unknown>]>([
  ["progressCard.put", { ...KEY, surprise: 1 }],
  ["progressCard.refresh", { ...KEY, agentId: "zz" }],
  ["tools.invoke", { name: "read", ...KEY }],
])("[SE1] %s refuses a key beside another agent before all else", async ([method, params]) => {
  await using gateway = await openTestGateway({ config: TWO });
  await using client = await gateway.connect();

  expect((await client.call(method, params)).error.message).toBe(
    `Multiple agents are configured, but session agent resolution has no explicit owner. The agent-scoped session key belongs to "main", not "${params["agentId"]}".`,
  );
});

test.for<[string, string, Record<string, unknown>]>([
  ["skills.proposals.list", "skills workspace", {}],
  ["skills.skillCard", "skills workspace", { skillKey: "k" }],
  ["doctor.memory.dreamDiary", "doctor memory", {}],
  ["memory.search", "memory search", { query: "tea" }],
  ["webSearch.status", "model auth", {}],
])("[AG6] of several agents, %s wants one named", async ([method, matter, params]) => {
  await using gateway = await openTestGateway({ config: TWO });
  await using client = await gateway.connect();

  expect((await client.call(method, params)).error).toMatchObject({
    code: "INVALID_REQUEST",
    message: `Multiple agents are configured, but ${matter} has no explicit owner. Pass agentId to select a configured agent.`,
  });
  expect((await client.call(method, { ...params, agentId: "two" })).error?.message ?? "").not.toContain(
    "Multiple agents",
  );
});

test.for(["commands.list", "skills.status"])("[SE1] %s is of a session that is there", async (method) => {
  await using gateway = await openTestGateway({ config: TWO });
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "agent:main:x" });
  const ask = async (params: Record<string, unknown>) => (await client.call(method, params)).error;

  expect((await ask({ sessionKey: "agent:main:x" }))?.message).toBeUndefined();
  expect((await ask({ sessionKey: "agent:main:y" }))?.message).toBe("Session not found.");
  expect((await ask({ sessionKey: "agent:main:y", agentId: "zz" }))?.message).toBe('unknown agent id "zz"');
  expect(await ask(KEY)).toEqual({
    code: "UNAVAILABLE",
    message:
      'AgentSelectionRequiredError: Multiple agents are configured, but session agent resolution has no explicit owner. The agent-scoped session key belongs to "main", not "two".: code=AGENT_SELECTION_REQUIRED',
  });
});

test("[MD2] the models of a session say which account it is charged to", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const ask = (params: Record<string, unknown>) => client.call("models.list", params);

  expect((await ask({ sessionKey: "agent:main:new" })).payload["accountSelection"]).toEqual({
    kind: "automatic",
    label: "Automatic account selection",
  });
  expect((await ask({ sessionKey: "agent:zz:x" })).error).toMatchObject({
    code: "UNAVAILABLE",
    message: "Error: Model catalog is not ready. Retry after Gateway startup or refresh finishes.",
  });
  expect((await ask({ agentId: "zz", sessionKey: "main" })).error.message).toBe('Unknown agent id "zz"');
  expect((await ask({ agentId: "zz" })).error).toEqual({
    code: "INVALID_REQUEST",
    message: 'unknown agent id "zz"',
  });
});

const PALETTE = Object.fromEntries(
  "background foreground card card-foreground popover popover-foreground primary primary-foreground secondary secondary-foreground muted muted-foreground accent accent-foreground destructive destructive-foreground border input ring"
    .split(" ")
    .map((name) => [name, "#fff"]),
);
const COLOR = "must be a hex, rgb, hsl, lab, lch, oklab, oklch, or color() color";

test.for<[Record<string, unknown>, string]>([
  [{}, "theme must provide at least one light or dark palette"],
  [{ name: " " }, "theme.name must be nonempty text of at most 80 characters"],
  [{ light: { ...PALETTE, ring: "red" } }, `theme.light.ring ${COLOR}`],
  [{ dark: { ...PALETTE, card: "rgb(1,2,3);x" } }, `theme.dark.card ${COLOR}`],
  [
    { light: { ...PALETTE, "font-sans": "a;b" } },
    "theme.light.font-sans must contain only font family names",
  ],
  [{ light: PALETTE, critters: ["zz"] }, "theme.critters[0] must be one of penguin, fedora"],
  [
    { light: { ...PALETTE, card: "oklch(0.7 0.1 120)" } },
    "Changing themes requires the requesting person's authenticated profile. Ask from your signed-in Control UI.",
  ],
])("[TH1] a theme is looked at before it is asked whose it would be: %j", async ([part, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const definition = { name: "F", description: "d", ...part };

  expect((await client.call("themes.import", { id: "mine", definition })).error.message).toBe(message);
});

test.for<[Record<string, unknown>, string]>([
  [{ kind: "agent_run", direction: "inbound" }, "direction only applies to kind message"],
  [{ sessionKey: "s", channel: "c" }, "channel cannot be combined with sessionKey"],
  [{ kind: "message", sessionKey: "s" }, "sessionKey only applies to kind agent_run or tool_action"],
])("[OP5] what cannot be looked for at once is refused: %j", async ([params, why]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  expect((await client.call("audit.activity.list", params)).error.message).toBe(
    `invalid audit.activity.list filters: ${why}`,
  );
});
