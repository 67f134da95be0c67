import { describe, expect, test } from "vitest";
import { checkValue, displayPath, summarizeIssues } from "./read.ts";

const GOOD = { gateway: { mode: "local", port: 18_789 } };

/** Recorded from the reference: what is wrong, and in which words. */
const RECORDED: readonly [config: Record<string, unknown>, issues: readonly string[]][] = [
  [{ gateway: { prot: 1 } }, ['gateway: Unrecognized key: "prot"']],
  [
    { foo: 1, bar: 2, gateway: { x: 1, y: 2 } },
    ['gateway: Unrecognized keys: "x", "y"', '<root>: Unrecognized keys: "foo", "bar"'],
  ],
  [{ gateway: { port: "x" } }, ["gateway.port: Invalid input: expected number, received string"]],
  [{ gateway: { port: 1.5 } }, ["gateway.port: Invalid input: expected int, received number"]],
  [{ gateway: { port: 99_999 } }, ["gateway.port: Too big: expected number to be <=65535 (maximum: 65535)"]],
  [{ gateway: { port: Number.NaN } }, ["gateway.port: Invalid input: expected number, received NaN"]],
  [
    { gateway: { bind: "0.0.0.0" } },
    ['gateway.bind: Invalid input (allowed: "auto", "lan", "loopback", "custom", "tailnet")'],
  ],
  [
    { gateway: { controlUi: { enabled: "yes" } } },
    ["gateway.controlUi.enabled: Invalid input: expected boolean, received string (allowed: true, false)"],
  ],
  [{ gateway: 5 }, ["gateway: Invalid input: expected object, received number"]],
  [{ gateway: { tailscale: null } }, ["gateway.tailscale: Invalid input: expected object, received null"]],
  [
    { gateway: { trustedProxies: ["x", 5] } },
    ["gateway.trustedProxies[1]: Invalid input: expected string, received number"],
  ],
  [{ agents: { defaults: { model: 5 } } }, ["agents.defaults.model: Invalid input"]],
  [
    { agents: { defaults: { fastModeDefault: "x" } } },
    ['agents.defaults.fastModeDefault: Invalid input (allowed: true, false, "auto")'],
  ],
  [
    { agents: { ownership: "x" } },
    ['agents.ownership: Invalid input: expected "explicit" (allowed: "explicit")'],
  ],
  [{ agents: { entries: { "Bad Id": {} } } }, ['agents.entries["Bad Id"]: Invalid key in record']],
  [
    { agents: { entries: { a: {}, b: {} } } },
    [
      'agents.ownership: multi-agent rosters require agents.ownership="explicit" or one legacy default=true marker; add agents.ownership="explicit" or run openclaw doctor',
    ],
  ],
  [
    { agents: { entries: { a: { default: true }, b: { default: true } } } },
    ["agents.entries: agents.entries must contain at most one default=true entry (found 2)"],
  ],
  [{ env: { vars: 5 } }, ["env.vars: Invalid input: expected record, received number"]],
  [
    { messages: { queue: { cap: 0 } } },
    ["messages.queue.cap: Too small: expected number to be >0 (must be greater than 0)"],
  ],
  [
    { session: { maintenance: { pruneAfter: "zz" } } },
    ["session.maintenance.pruneAfter: invalid duration (use ms, s, m, h, d)"],
  ],
  [{ channels: { telegramm: {} } }, ["channels.telegramm: unknown channel id: telegramm"]],
  [{ ui: { seamColor: "zz" } }, ["ui.seamColor: expected hex color (RRGGBB)"]],
  [{ $schema: 5 }, ["$schema: Invalid input: expected string, received number"]],
  [
    { gateway: { auth: { token: { source: "env", provider: "D", id: "x" } } } },
    [
      'gateway.auth.token.provider: Secret reference provider must match /^[a-z][a-z0-9_-]{0,63}$/ (example: "default").',
      'gateway.auth.token.id: Env secret reference id must match /^[A-Z][A-Z0-9_]{0,127}$/ (example: "OPENAI_API_KEY").',
    ],
  ],
  [
    { gateway: { auth: { token: { source: "zip", provider: "a", id: "x" } } } },
    ["gateway.auth.token: Invalid input"],
  ],
  [
    { gateway: { publicOrigin: "zzz" } },
    [
      "gateway.publicOrigin: Invalid URL",
      "gateway.publicOrigin: gateway.publicOrigin must be a bare HTTPS origin; HTTP is allowed only for localhost, 127.0.0.1, or [::1]",
    ],
  ],
  [
    { models: { providers: { zz: { models: [{ name: "a", input: ["q"] }] } } } },
    [
      "models.providers.zz.models[0].id: Invalid input: expected string, received undefined",
      'models.providers.zz.models[0].input[0]: Invalid input (allowed: "text", "image", "video", "audio")',
    ],
  ],
  [
    { bindings: [{ agentId: "zz", match: { channel: "telegram" } }] },
    ['bindings[0].agentId: Unknown agent id "zz" (not in agents.entries).'],
  ],
];

describe("[CF1] a wrong file is told in the reference's words", () => {
  test.for(RECORDED)("%j", async ([config, wanted]) => {
    const { issues } = await checkValue(config, {});
    expect(issues.map(({ path, message }) => `${displayPath(path)}: ${message}`)).toEqual(wanted);
  });
});

test("[CF1] an enum lists what it allows, apart from the text as well", async () => {
  const { issues } = await checkValue({ session: { scope: "x" } }, {});
  expect(issues).toEqual([
    {
      path: "session.scope",
      message: 'Invalid input (allowed: "per-sender", "global")',
      allowedValues: ["per-sender", "global"],
      allowedValuesHiddenCount: 0,
    },
  ]);
});

test("[CF2] the whole key space of the reference is accepted", async () => {
  const config = {
    ...GOOD,
    $schema: "https://example.com/schema.json",
    meta: { lastTouchedVersion: "2026.9.6" },
    agents: {
      defaults: { heartbeat: { every: "30m" }, sandbox: { mode: "off" } },
      entries: { main: { name: "M" } },
    },
    channels: { telegram: { anything: true }, defaults: {} },
    plugins: { entries: { "some-plugin": { enabled: true, config: { a: 1 } } } },
    tools: { profile: "coding" },
    understudy: { anything: 1 },
  };
  expect((await checkValue(config, {})).issues).toEqual([]);
});

test("[CF1] a summary names three and counts the rest", () => {
  const issues = ["a", "b", "c", "d", "e"].map((path) => ({ path, message: "no" }));
  expect(summarizeIssues(issues)).toBe("a: no; b: no; c: no (+2 more issues)");
  expect(summarizeIssues(issues.slice(0, 4))).toBe("a: no; b: no; c: no (+1 more issue)");
});
