import { createPublicKey, verify } from "node:crypto";
import { expect, test } from "vitest";
import { Device } from "../scenario/step-schema.ts";
import { deviceParams, identityOf } from "./device.ts";

const CONTEXT = {
  clientId: "cli",
  clientMode: "cli",
  role: "operator",
  scopes: ["operator.read", "operator.write"],
  token: "secret",
  nonce: "n-1",
  challengeMs: 1000,
  platform: "linux",
};
const PAYLOAD = (id: string): string =>
  `v3|${id}|cli|cli|operator|operator.read,operator.write|1000|secret|n-1|linux|`;

function isSigned(params: Record<string, unknown>, seed: string): boolean {
  const raw = Buffer.from(identityOf(seed).publicKey, "base64url");
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), raw]);
  const key = createPublicKey({ key: spki, format: "der", type: "spki" });
  const signature = Buffer.from(String(params["signature"]), "base64url");
  return verify(null, Buffer.from(PAYLOAD(identityOf(seed).id)), key, signature);
}

test("the same seed is the same device, another seed is another", () => {
  expect(identityOf("a").id).toBe(identityOf("a").id);
  expect(identityOf("a").id).not.toBe(identityOf("b").id);
});

test("a device signs who it is and what it asks for", () => {
  const params = deviceParams(Device.parse({ seed: "a" }), CONTEXT);
  expect(params).toMatchObject({ id: identityOf("a").id, signedAt: 1000, nonce: "n-1" });
  expect(isSigned(params, "a")).toBe(true);
});

test.for([
  "bad-signature",
  "zero-signature",
  "signed-other-scopes",
  "signed-other-role",
  "signed-other-token",
  "wrong-nonce",
  "stale-signed-at",
  "id-key-mismatch",
])("fault %s is not what the right device would send", (fault) => {
  expect(isSigned(deviceParams(Device.parse({ seed: "a", fault }), CONTEXT), "a")).toBe(false);
});

test("a missing nonce is missing, a blank one is blank, a key that is none is sent as it is", () => {
  const params = (fault: string) => deviceParams(Device.parse({ seed: "a", fault }), CONTEXT);
  expect(params("no-nonce")).not.toHaveProperty("nonce");
  expect(params("blank-nonce")["nonce"]).toBe("");
  expect(params("unparsable-key")["publicKey"]).toBe("not-a-key");
});
