import { describe, expect, test } from "vitest";
import { type AdmitOptions, createAuthRig, REMOTE } from "../testing/auth-rig.ts";
import { type ProofOptions, TestDevice } from "../testing/device.ts";

const READ = ["operator.read"];
const BOTH = ["operator.read", "operator.write"];

describe("[AU7] the proof of a device", () => {
  test.for<{ what: string; proof: ProofOptions; reason: string }>([
    {
      what: "the oldest text, which binds no challenge",
      proof: { version: "v1" },
      reason: "device-signature",
    },
    {
      what: "other scopes than it asks for",
      proof: { signedScopes: ["operator.admin"] },
      reason: "device-signature",
    },
    { what: "another challenge", proof: { signedNonce: "old" }, reason: "device-signature" },
    { what: "a zero signature", proof: { sent: { signature: "A".repeat(86) } }, reason: "device-signature" },
    { what: "no signature at all", proof: { sent: { signature: "!" } }, reason: "device-signature" },
    { what: "another nonce", proof: { sent: { nonce: "old" } }, reason: "device-nonce-mismatch" },
    { what: "a blank nonce", proof: { sent: { nonce: "  " } }, reason: "device-nonce-missing" },
    { what: "somebody else's id", proof: { sent: { id: "f".repeat(64) } }, reason: "device-id-mismatch" },
    { what: "a key that is none", proof: { sent: { publicKey: "zzz" } }, reason: "device-id-mismatch" },
  ])("is refused: $what", async ({ proof, reason }) => {
    const answer = await createAuthRig().refuse({ device: new TestDevice(), scopes: READ, proof });
    expect(answer.error).toMatchObject({ code: "INVALID_REQUEST", details: { reason } });
    expect(answer.close).toEqual({ code: 1008, reason: answer.error.message });
  });

  test.for([
    { ageMs: -120_001, ok: false },
    { ageMs: -120_000, ok: true },
    { ageMs: 120_000, ok: true },
    { ageMs: 120_001, ok: false },
  ])("made $ageMs ms from now: $ok", async ({ ageMs, ok }) => {
    const rig = createAuthRig();
    const admission = await rig.admit({
      device: new TestDevice(),
      proof: { signedAt: rig.clock.now() + ageMs },
    });
    expect(admission.kind).toBe(ok ? "accepted" : "refused");
  });

  test.for<ProofOptions["version"]>(["v2", "v3"])("%s is good", async (version = "v3") => {
    const device = new TestDevice();
    expect(await createAuthRig().accept({ device, scopes: READ, proof: { version } })).toMatchObject({
      deviceId: device.id,
    });
  });

  test("the key may come as PEM", async () => {
    const device = new TestDevice();
    await createAuthRig().accept({ device, proof: { sent: { publicKey: device.pem } } });
  });

  test("a captured handshake opens nothing when it is played again", async () => {
    const rig = createAuthRig();
    const device = new TestDevice();
    await rig.accept({ device, nonce: "first" });
    const replayed = { sent: { nonce: "first" }, signedNonce: "first" };
    expect((await rig.refuse({ device, nonce: "second", proof: replayed })).error.details).toMatchObject({
      code: "DEVICE_AUTH_NONCE_MISMATCH",
    });
  });

  test("is looked at before the secret", async () => {
    const answer = await createAuthRig().refuse({
      device: new TestDevice(),
      auth: { token: "no" },
      proof: { version: "v1" },
    });
    expect(answer.error.details).toMatchObject({ code: "DEVICE_AUTH_SIGNATURE_INVALID" });
  });
});

describe("[AU8] pairing", () => {
  test("on this machine with the shared secret is silent, and gives the same token each time", async () => {
    const rig = createAuthRig();
    const device = new TestDevice();
    const first = await rig.accept({ device, scopes: READ });
    expect(first.auth).toMatchObject({ method: "token", scopes: READ, recoveryMigrationAllowed: true });
    expect(rig.events).toMatchObject([
      { event: "device.pair.resolved", payload: { deviceId: device.id, decision: "approved" } },
    ]);
    const again = await rig.accept({ device, scopes: [] });
    expect(again.auth).toMatchObject({ deviceToken: first.auth.deviceToken, scopes: [] });
    expect(rig.devices.get(device.id)?.approvedVia).toBe("silent");
  });

  test("of a remote device waits for a person; the same question is asked once", async () => {
    const rig = createAuthRig();
    const device = new TestDevice();
    const first = await rig.refuse({ device, scopes: READ, peer: REMOTE });
    const [requested] = rig.events;
    const requestId = requested?.payload.requestId as string;
    const message = "pairing required: device is not approved yet";
    expect(first).toMatchObject({
      error: {
        code: "NOT_PAIRED",
        message,
        details: {
          code: "PAIRING_REQUIRED",
          reason: "not-paired",
          requestId,
          deviceId: device.id,
          requestedRole: "operator",
          requestedScopes: READ,
        },
      },
      close: { code: 1008, reason: `${message} (requestId: ${requestId})` },
    });
    await rig.refuse({ device, scopes: READ, peer: REMOTE });
    expect(rig.events).toHaveLength(1);
    expect(requested).toMatchObject({
      event: "device.pair.requested",
      payload: { remoteIp: REMOTE.address, silent: false, isRepair: false },
    });
  });

  test("a request that grew replaces the one before", async () => {
    const rig = createAuthRig();
    const device = new TestDevice();
    await rig.refuse({ device, scopes: READ, peer: REMOTE });
    await rig.refuse({ device, scopes: ["operator.write"], peer: REMOTE });
    expect(rig.events.map(({ event }) => event)).toEqual([
      "device.pair.requested",
      "device.pair.resolved",
      "device.pair.requested",
    ]);
    expect(rig.devices.requests()).toMatchObject([{ scopes: BOTH }]);
  });

  test("a request ends by itself after five minutes", async () => {
    const rig = createAuthRig();
    await rig.refuse({ device: new TestDevice(), peer: REMOTE });
    rig.clock.advance(300_001);
    expect(rig.devices.requests()).toEqual([]);
  });

  test("the reason of the close is cut to what fits", async () => {
    const rig = createAuthRig();
    const device = new TestDevice();
    await rig.accept({ device, scopes: READ });
    const { close } = await rig.refuse({ device, scopes: BOTH, peer: REMOTE });
    expect(close.reason).toHaveLength(120);
  });

  test("can be kept from being silent", async () => {
    const rig = createAuthRig({ nodes: { pairing: { autoApproveLocal: false }, commands: {} } });
    expect((await rig.refuse({ device: new TestDevice() })).error.code).toBe("NOT_PAIRED");
  });

  test("a page of this machine is paired silently, a program behind an Origin is not", async () => {
    const rig = createAuthRig();
    const peer = { headers: { origin: "http://localhost:1" } };
    await rig.accept({ device: new TestDevice(), peer, client: { id: "webchat-ui", mode: "ui" } });
    const answer = await rig.refuse({ device: new TestDevice(), peer });
    expect(answer.error.details).toMatchObject({ reason: "not-paired" });
  });

  test("a node that asks for an operator's scopes waits for a person, who cannot grant them either", async () => {
    const rig = createAuthRig();
    const device = new TestDevice();
    const answer = await rig.refuse({ device, role: "node", scopes: READ });
    expect(answer.error.details).toMatchObject({
      reason: "not-paired",
      requestedRole: "node",
      requestedScopes: READ,
    });
    const [request] = rig.devices.requests();
    const admin = { scopes: ["operator.admin"], authMethod: "token" };
    const approval = rig.devices.approve(request?.requestId ?? "", admin);
    await expect(approval).rejects.toThrow("invalid scope for requested roles: operator.read");
  });

  test("scopes that no operator can hold are not granted silently", async () => {
    const rig = createAuthRig();
    expect((await rig.refuse({ device: new TestDevice(), scopes: ["x"] })).error.code).toBe("NOT_PAIRED");
    expect((await rig.accept({ device: new TestDevice(), scopes: ["operator.x"] })).scopes).toEqual([
      "operator.x",
    ]);
  });

  test("this machine's backend keeps its scopes and is not paired, even with a device", async () => {
    const rig = createAuthRig();
    const device = new TestDevice();
    const client = { id: "gateway-client", mode: "backend" } as const;
    const { scopes, auth } = await rig.accept({ device, client, scopes: BOTH });
    expect(scopes).toEqual(BOTH);
    expect(auth).not.toHaveProperty("deviceToken");
    expect(rig.devices.get(device.id)).toBeUndefined();
  });
});

describe("[AU9] upgrades", () => {
  const client = { deviceFamily: "iPad" };

  async function paired(scopes = READ) {
    const rig = createAuthRig();
    const device = new TestDevice();
    const { auth } = await rig.accept({ device, scopes, client });
    return { rig, device, token: auth.deviceToken as string };
  }

  test("of scopes are granted on this machine and make the old token void", async () => {
    const { rig, device, token } = await paired();
    const wider = await rig.accept({ device, client, scopes: BOTH });
    expect(wider.auth.deviceToken).not.toBe(token);
    const answer = await rig.refuse({ device, scopes: READ, auth: { deviceToken: token } });
    expect(answer.error.details).toMatchObject({ code: "AUTH_DEVICE_TOKEN_MISMATCH" });
  });

  test.for<{ reason: string; options: AdmitOptions }>([
    { reason: "scope-upgrade", options: { scopes: BOTH, peer: REMOTE } },
    { reason: "role-upgrade", options: { role: "node", scopes: [] } },
    { reason: "metadata-upgrade", options: { scopes: READ, client: { platform: "win32" } } },
    { reason: "metadata-upgrade", options: { scopes: READ, client: {}, proof: { version: "v2" } } },
  ])("are never silent otherwise: $reason", async ({ reason, options }) => {
    const { rig, device } = await paired();
    const answer = await rig.refuse({ device, client, ...options });
    expect(answer.error.details).toMatchObject({
      code: "PAIRING_REQUIRED",
      reason,
      approvedRoles: ["operator"],
      approvedScopes: READ,
    });
    expect(rig.devices.get(device.id)).toMatchObject({ roles: ["operator"], scopes: READ });
  });

  test("once a person was asked, silence is over", async () => {
    const { rig, device } = await paired();
    await rig.refuse({ device, scopes: READ, client: { platform: "win32" } });
    const answer = await rig.refuse({ device, scopes: BOTH });
    expect(answer.error.details).toMatchObject({ reason: "scope-upgrade" });
  });

  test("a token of the device opens what it was given for, and no more", async () => {
    const { rig, device, token } = await paired(["operator.write"]);
    for (const auth of [{ deviceToken: token }, { token }]) {
      const { method, scopes } = await rig.accept({ device, client, scopes: READ, auth });
      expect({ method, scopes }).toEqual({ method: "device-token", scopes: READ });
    }
    const wider = await rig.refuse({ device, scopes: ["operator.admin"], auth: { deviceToken: token } });
    expect(wider.error).toMatchObject({
      message: "unauthorized: device token scope mismatch (re-pair or approve scope upgrade)",
      details: { code: "AUTH_SCOPE_MISMATCH", recommendedNextStep: "review_auth_configuration" },
    });
    expect(rig.devices.requests()).toEqual([]);
  });

  test.for<{ what: string; options: (device: TestDevice) => AdmitOptions }>([
    { what: "another device", options: () => ({ device: new TestDevice() }) },
    { what: "another role", options: (device) => ({ device, role: "node", scopes: [] }) },
  ])("a token is no good for $what", async ({ options }) => {
    const { rig, device, token } = await paired();
    const answer = await rig.refuse({ scopes: READ, ...options(device), auth: { deviceToken: token } });
    expect(answer.error.details).toMatchObject({ code: "AUTH_DEVICE_TOKEN_MISMATCH" });
  });

  test("an unknown token in the field of the shared one is a wrong shared one", async () => {
    const { rig, device } = await paired();
    const answer = await rig.refuse({ device, auth: { token: "no" } });
    expect(answer.error.details).toMatchObject({
      code: "AUTH_TOKEN_MISMATCH",
      canRetryWithDeviceToken: true,
    });
  });

  test("what is kept opens nothing", async () => {
    const { rig, device, token } = await paired();
    const kept = JSON.stringify(rig.store.get(device.id));
    expect(kept).not.toContain(token);
    for (const secret of rig.store.get(device.id)?.tokens.flatMap(({ hash, salt = "" }) => [hash, salt]) ??
      []) {
      await rig.refuse({ device, scopes: READ, auth: { deviceToken: secret } });
    }
  });
});
