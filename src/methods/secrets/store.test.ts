import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[OP3] a secret goes in and never comes out; a plain value does; both go when they are deleted", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  await admin.call("secrets.store.set", { name: "HIDDEN", kind: "secret", value: "hush" });
  await admin.call("secrets.store.set", { name: "PLAIN", kind: "env", value: "seen" });

  const listed = await admin.call("secrets.store.list", {});
  await admin.call("secrets.store.delete", { name: "HIDDEN" });
  const left = await admin.call("secrets.store.list", {});

  expect(JSON.stringify(listed.payload)).not.toContain("hush");
  expect(listed.payload["entries"]).toMatchObject([
    { name: "HIDDEN", kind: "secret" },
    { name: "PLAIN", kind: "env", value: "seen" },
  ]);
  expect(left.payload["entries"]).toMatchObject([{ name: "PLAIN" }]);
});

test.for([
  [{ kind: "env", allowedHosts: ["a.b"] }, "Allowed hosts apply only to secret entries."],
  [
    { kind: "secret", allowedHosts: ["*.a.b"] },
    'Allowed host "*.a.b" cannot contain a wildcard; use one exact hostname.',
  ],
] as const)("[OP3] hosts are of secrets, and exact: %j", async ([more, message]) => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();

  const answer = await admin.call("secrets.store.set", { name: "KEY", value: "v", ...more });

  expect(answer.error.message).toBe(message);
});

test("[OP3] each host is kept once, in small letters; what a setup keeps is not listed", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();
  const setup = `github-setup-${"a".repeat(32)}`;
  await admin.call("secrets.store.set", { name: setup, kind: "secret", value: "v" });
  await admin.call("secrets.store.set", { name: "A", kind: "secret", value: "v" });
  const allowedHosts = ["a.b", "A.B", " c.d "];
  await admin.call("secrets.store.set", { name: "B", kind: "secret", value: "v", allowedHosts });

  const { entries } = (await admin.call("secrets.store.list", {})).payload;

  expect(entries).toMatchObject([
    { name: "A", allowedHosts: [] },
    { name: "B", allowedHosts: ["a.b", "c.d"] },
  ]);
});

test("[OP3] hosts are names and nothing else", async () => {
  await using gateway = await openTestGateway();
  await using admin = await gateway.connect();

  const answer = await admin.call("secrets.store.set", {
    name: "KEY",
    kind: "secret",
    value: "v",
    allowedHosts: ["http://x"],
  });

  expect(answer.error.message).toMatch(/^Allowed host "http:\/\/x" must be a hostname/);
});
