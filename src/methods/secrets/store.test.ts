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
