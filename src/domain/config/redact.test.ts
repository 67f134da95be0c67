import { expect, test } from "vitest";
import { notHonoured } from "./honoured.ts";
import { loadKeySpace } from "./keys.ts";
import { mergePatch, RemovalError } from "./merge-patch.ts";
import { REDACTED, redactValue, restoreValue, secretsOf } from "./redact.ts";

const { sensitive } = await loadKeySpace({ extensions: false });

const SOURCE = {
  gateway: { auth: { token: "secret-token", mode: "token" }, port: 1 },
  models: {
    providers: {
      x: {
        apiKey: { source: "env", provider: "default", id: "NAME" },
        headers: { "x-a": "header-secret" },
        models: [],
      },
      y: { apiKey: "${MISSING}" },
    },
  },
  channels: { telegram: { botToken: "123:abc", maxTokens: 5, name: "n" } },
};

test("[CF13] secrets are masked: by the table, in maps, in references, and by name in extensions", () => {
  expect(redactValue(SOURCE, sensitive)).toEqual({
    gateway: { auth: { token: REDACTED, mode: "token" }, port: 1 },
    models: {
      providers: {
        x: {
          apiKey: { source: "env", provider: "default", id: REDACTED },
          headers: { "x-a": REDACTED },
          models: [],
        },
        y: { apiKey: "${MISSING}" },
      },
    },
    channels: { telegram: { botToken: REDACTED, maxTokens: 5, name: "n" } },
  });
  expect(secretsOf(SOURCE, sensitive)).toEqual(["secret-token", "NAME", "header-secret", "123:abc"]);
});

test("[CF13] a masked copy comes back whole, and a mask over nothing is refused", () => {
  expect(restoreValue(redactValue(SOURCE, sensitive), SOURCE)).toEqual(SOURCE);
  expect(() => restoreValue({ gateway: { auth: { password: REDACTED } } }, SOURCE)).toThrow(
    `Sentinel value "${REDACTED}" in key gateway.auth.password is not valid as real data`,
  );
});

test("[CF14] a patch merges objects, removes with null, and merges lists by id", () => {
  const base = { a: { b: 1, c: 2 }, list: [{ id: "1", name: "one" }, { id: "2" }] };
  const patch = { a: { b: null, d: 3 }, list: [{ id: "1", size: 5 }, { id: "3" }] };
  expect(mergePatch(base, patch, [])).toEqual({
    a: { c: 2, d: 3 },
    list: [{ id: "1", name: "one", size: 5 }, { id: "2" }, { id: "3" }],
  });
});

test("[CF14] a list loses entries only where that is asked for", () => {
  const base = { a: { skills: ["x", "y"] }, b: { list: [] } };
  expect(mergePatch(base, { a: { skills: ["x", "y", "z"] } }, [])).toMatchObject({
    a: { skills: ["x", "y", "z"] },
  });
  expect(() => mergePatch(base, { a: { skills: ["x"] } }, [])).toThrow(
    "config.patch would remove entries from array path(s): a.skills. Pass replacePaths with the exact path(s) when this is intentional, or use config.apply for full-config replacement.",
  );
  expect(() => mergePatch(base, { a: null, b: null }, ["a"])).toThrow(RemovalError);
  expect(mergePatch(base, { a: { skills: null } }, ["a.skills"])).toEqual({ a: {}, b: { list: [] } });
});

test("[CF15] keys without effect are listed as high up as that is true", () => {
  const source = {
    gateway: {
      port: 1,
      tls: { enabled: true },
      nodes: { pairing: { autoApproveLocal: true, sshVerify: true } },
    },
    agents: { entries: { main: { name: "M", sandbox: { mode: "off" } } } },
    wizard: { a: { b: 1 } },
    understudy: { x: 1 },
  };
  expect(notHonoured(source)).toEqual([
    "gateway.tls",
    "gateway.nodes.pairing.sshVerify",
    "agents.entries.main.sandbox",
    "wizard",
  ]);
});
