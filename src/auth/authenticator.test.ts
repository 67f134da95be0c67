import { describe, expect, test } from "vitest";
import { type AdmitOptions, createAuthRig, REMOTE, RIG_TOKEN } from "../testing/auth-rig.ts";
import { TestDevice } from "../testing/device.ts";

type Credentials = NonNullable<AdmitOptions["auth"]>;

const BOTH = ["operator.read", "operator.write"];
const PAGE = { origin: "http://localhost:18789", host: "127.0.0.1:18789" };
const page = { headers: PAGE };

describe("[AU2] the shared secret", () => {
  test.for<{ auth: Credentials; reason: string; step: string }>([
    { auth: { token: "no" }, reason: "token_mismatch", step: "update_auth_credentials" },
    { auth: { password: "no" }, reason: "token_mismatch", step: "update_auth_credentials" },
    { auth: { token: "no", password: RIG_TOKEN }, reason: "token_mismatch", step: "update_auth_credentials" },
    { auth: { token: "  " }, reason: "token_missing", step: "update_auth_configuration" },
  ])("refuses $auth", async ({ auth, reason, step }) => {
    const answer = await createAuthRig().refuse({ client: { id: "gateway-client", mode: "backend" }, auth });

    const word = reason === "token_missing" ? "missing" : "mismatch";
    const message = `unauthorized: gateway token ${word} (provide gateway auth token)`;
    expect(answer.error).toEqual({
      code: "INVALID_REQUEST",
      message,
      details: {
        code: `AUTH_${reason.toUpperCase()}`,
        authReason: reason,
        canRetryWithDeviceToken: false,
        recommendedNextStep: step,
      },
    });
    expect(answer.close).toEqual({ code: 1008, reason: message });
  });

  test.for<Credentials>([
    { token: RIG_TOKEN },
    { password: RIG_TOKEN },
    { token: ` ${RIG_TOKEN} ` },
    { token: RIG_TOKEN, password: "no" },
    { token: "", password: RIG_TOKEN },
  ])("takes %j", async (auth) => {
    expect(await createAuthRig().accept({ auth })).toMatchObject({ method: "token", role: "operator" });
  });

  test.for<{ auth: Credentials; ok: boolean }>([
    { auth: { password: "pw" }, ok: true },
    { auth: { token: "pw" }, ok: true },
    { auth: { token: "no", password: "pw" }, ok: true },
    { auth: { token: "pw", password: "no" }, ok: false },
  ])("in password mode, $auth: $ok", async ({ auth, ok }) => {
    const rig = createAuthRig({ auth: { mode: "password", password: "pw" } });
    const answer = await rig.admit({ auth });
    if (ok) expect(answer).toMatchObject({ kind: "accepted", method: "password" });
    else expect(answer).toMatchObject({ error: { details: { code: "AUTH_PASSWORD_MISMATCH" } } });
  });

  test("a gateway whose secret is not set lets nobody in by it", async () => {
    const rig = createAuthRig({ auth: { mode: "token" } });
    expect(await rig.refuse({ auth: { token: "undefined" } })).toMatchObject({
      error: { details: { authReason: "token_missing_config" } },
    });
  });

  test.for([
    { client: { mode: "cli" as const }, hint: "use this gateway's gateway.auth.token or pair the device" },
    { client: { id: "openclaw-ios" as const, mode: "ui" as const }, hint: "provide gateway auth token" },
    {
      client: { id: "webchat-ui" as const },
      peer: page,
      hint: "open the dashboard URL and paste the token in Control UI settings",
    },
    { peer: REMOTE, hint: "set gateway.remote.token to match gateway.auth.token" },
  ])("the hint fits who reads it: $hint", async ({ hint, ...options }) => {
    const device = new TestDevice();
    const answer = await createAuthRig().refuse({ ...options, device, auth: { token: "no" } });
    expect(answer.error.message).toBe(`unauthorized: gateway token mismatch (${hint})`);
    expect(answer.error.details).toMatchObject({
      canRetryWithDeviceToken: true,
      recommendedNextStep: "retry_with_device_token",
    });
  });
});

describe("[AU3] peers without a device", () => {
  test.for<AdmitOptions & { wanted: string[] }>([
    { client: { id: "gateway-client", mode: "backend" }, wanted: BOTH },
    { client: { id: "cli", mode: "cli" }, wanted: BOTH },
    { client: { id: "cli", mode: "probe" }, wanted: [] },
    { client: { id: "gateway-client", mode: "ui" }, wanted: [] },
    { client: { id: "openclaw-ios", mode: "ui" }, wanted: [] },
    { client: { id: "gateway-client", mode: "backend" }, peer: page, wanted: [] },
    { client: { id: "gateway-client", mode: "backend" }, peer: REMOTE, wanted: [] },
    { client: { id: "cli", mode: "cli" }, peer: REMOTE, wanted: [] },
    { client: { id: "webchat-ui", mode: "webchat" }, peer: page, wanted: [] },
  ])("$client $peer gets $wanted", async ({ wanted, ...options }) => {
    const { scopes, auth } = await createAuthRig().accept({ ...options, scopes: BOTH });
    expect(scopes).toEqual(wanted);
    expect(auth).toMatchObject({ method: "token", role: "operator", scopes: wanted });
    expect(auth).not.toHaveProperty("deviceToken");
  });

  test.for<AdmitOptions>([
    { role: "node", client: { id: "node-host", mode: "node" } },
    { auth: {} },
    { auth: { token: "" } },
    { auth: { deviceToken: "something" } },
    { auth: { bootstrapToken: "something" } },
  ])("are asked for one: %j", async (options) => {
    expect(await createAuthRig().refuse(options)).toMatchObject({
      error: {
        code: "NOT_PAIRED",
        message: "device identity required",
        details: { code: "DEVICE_IDENTITY_REQUIRED" },
      },
      close: { code: 1008, reason: "device identity required" },
      delayMs: 0,
    });
  });

  test.for<AdmitOptions>([
    { client: { id: "openclaw-tui", mode: "ui" } },
    { client: { id: "openclaw-control-ui", mode: "webchat" }, peer: page },
  ])("with a screen are told about the Control UI: %j", async (options) => {
    expect(await createAuthRig().refuse({ ...options, auth: { token: "no" } })).toMatchObject({
      error: { code: "INVALID_REQUEST", details: { code: "CONTROL_UI_DEVICE_IDENTITY_REQUIRED" } },
    });
  });

  test("an open gateway lets only its own backend in", async () => {
    const rig = createAuthRig({ auth: { mode: "none" } });
    const backend = { client: { id: "gateway-client", mode: "backend" } as const, auth: {}, scopes: BOTH };
    expect(await rig.accept(backend)).toMatchObject({ method: "none", scopes: BOTH });
    expect((await rig.refuse({ auth: {} })).error.code).toBe("NOT_PAIRED");
    expect((await rig.refuse({ ...backend, peer: page })).error.code).toBe("NOT_PAIRED");
    expect((await rig.refuse({ ...backend, peer: REMOTE })).error.code).toBe("NOT_PAIRED");
  });
});

describe("[AU4] the form of a request", () => {
  test.for<AdmitOptions>([
    { role: "worker" },
    { client: { mode: "worker" } },
    { client: { id: "openclaw-worker" } },
  ])("a worker is closed without a word: %j", async (options) => {
    expect(await createAuthRig().refuse({ ...options, minProtocol: 9, maxProtocol: 9 })).toMatchObject({
      isSilent: true,
      close: { code: 1008, reason: "invalid-handshake" },
    });
  });

  test("the protocol is looked at before the role, the role before the origin, the origin before the secret", async () => {
    const rig = createAuthRig();
    const evil = { headers: { origin: "http://evil.example" } };
    const all = { role: "king", peer: evil, auth: { token: "no" } };
    expect((await rig.refuse({ ...all, minProtocol: 5, maxProtocol: 5 })).close.code).toBe(1002);
    expect((await rig.refuse(all)).error.message).toBe("invalid role");
    expect((await rig.refuse({ ...all, role: "operator" })).error.details).toEqual({
      code: "CONTROL_UI_ORIGIN_NOT_ALLOWED",
      reason: "origin not allowed",
    });
  });

  test("a backend that says it is a node is dropped without a word", async () => {
    const device = new TestDevice();
    const answer = await createAuthRig().refuse({
      device,
      role: "node",
      client: { id: "gateway-client", mode: "backend" },
    });
    expect(answer).toMatchObject({ isSilent: true, close: { code: 1000, reason: "" } });
  });

  test("the copilot needs its capabilities and an extension's origin", async () => {
    const rig = createAuthRig();
    const client = { id: "openclaw-browser-copilot", mode: "ui" } as const;
    const caps = ["run-tool-bindings", "session-scoped-events"];
    const installed = { headers: { origin: `chrome-extension://${"a".repeat(32)}` } };
    expect((await rig.refuse({ client })).error.message).toMatch(/^browser copilot requires ui mode/);
    expect((await rig.refuse({ client, caps })).error.details).toMatchObject({
      reason: "invalid browser copilot origin",
    });
    expect((await rig.refuse({ client, caps, peer: installed })).error.details).toMatchObject({
      reason: "origin not allowed",
    });
  });
});

describe("[AU5] failures", () => {
  const wrong = { auth: { token: "no" } };

  test("cost a local program more time each, up to five seconds, and a good token none", async () => {
    const rig = createAuthRig();
    const delays: number[] = [];
    for (let n = 0; n < 7; n += 1) delays.push((await rig.refuse(wrong)).delayMs);
    expect(delays).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
    await rig.accept();
    expect((await rig.refuse(wrong)).delayMs).toBe(250);
  });

  test.for([
    { who: "a page", peer: page, client: { id: "webchat-ui", mode: "webchat" } as const },
    { who: "a remote address", peer: REMOTE, client: {} },
  ])("lock out $who after ten, good token or not, for five minutes", async ({ peer, client }) => {
    const rig = createAuthRig();
    for (let n = 0; n < 10; n += 1) {
      const answer = await rig.refuse({ ...wrong, peer, client });
      expect(answer).toMatchObject({ delayMs: 0, error: { details: { code: "AUTH_TOKEN_MISMATCH" } } });
    }
    rig.clock.advance(1_000);
    const locked = await rig.refuse({ peer, client });
    expect(locked.error).toEqual({
      code: "INVALID_REQUEST",
      message: "unauthorized: too many failed authentication attempts (retry later)",
      details: {
        code: "AUTH_RATE_LIMITED",
        authReason: "rate_limited",
        canRetryWithDeviceToken: false,
        recommendedNextStep: "wait_then_retry",
      },
      retryable: true,
      retryAfterMs: 299_000,
    });
    expect((await rig.accept()).method).toBe("token");
    rig.clock.advance(299_001);
    expect((await rig.accept({ peer, client })).method).toBe("token");
  });

  test("count on after a good secret, for those who can be locked out", async () => {
    const rig = createAuthRig();
    for (let n = 0; n < 9; n += 1) await rig.refuse({ ...wrong, peer: REMOTE });
    await rig.accept({ peer: REMOTE });
    await rig.refuse({ ...wrong, peer: REMOTE });
    expect((await rig.refuse({ peer: REMOTE })).error.details).toMatchObject({ code: "AUTH_RATE_LIMITED" });
  });

  test("of long ago do not count", async () => {
    const rig = createAuthRig();
    for (let n = 0; n < 9; n += 1) await rig.refuse({ ...wrong, peer: REMOTE });
    rig.clock.advance(60_001);
    for (let n = 0; n < 9; n += 1) await rig.refuse({ ...wrong, peer: REMOTE });
    await rig.accept({ peer: REMOTE });
  });

  test("an absent secret is no failure", async () => {
    const rig = createAuthRig();
    await rig.refuse({ auth: { token: " " } });
    expect((await rig.refuse(wrong)).delayMs).toBe(250);
  });
});

describe("[AU6] a trusted proxy", () => {
  const settings = {
    auth: { mode: "trusted-proxy", trustedProxy: { userHeader: "X-User", allowUsers: ["al@example.com"] } },
  };
  const from = (user: string, isProxied = true) => ({
    ...REMOTE,
    isProxied,
    headers: { "x-user": user },
  });

  test("names the user, and without a device the user holds nothing", async () => {
    const rig = createAuthRig(settings);
    const answer = await rig.accept({ auth: {}, scopes: BOTH, peer: from("AL@example.com") });
    expect(answer).toMatchObject({ method: "trusted-proxy", scopes: [] });
  });

  test.for([
    { peer: from("") },
    { peer: from("bob@example.com") },
    { peer: from("al@example.com", false) },
    { peer: { ...from("al@example.com", false), isLoopback: true } },
  ])("is believed only about users it may name, and only when it is the proxy: %j", async ({ peer }) => {
    expect((await createAuthRig(settings).refuse({ auth: {}, peer })).error.code).toBe("NOT_PAIRED");
  });

  test("its users' devices are approved by people", async () => {
    const answer = await createAuthRig(settings).refuse({
      auth: {},
      device: new TestDevice(),
      peer: from("al@example.com"),
    });
    expect(answer.error.details).toMatchObject({ code: "PAIRING_REQUIRED", reason: "not-paired" });
  });
});

test("[AU12] the recovery scope is one per secret and device", async () => {
  const rig = createAuthRig();
  const [one, other] = [new TestDevice(), new TestDevice()];
  const scopeOf = async (options?: AdmitOptions) => (await rig.accept(options)).auth.recoveryScope;

  expect(await scopeOf()).toBe(await scopeOf());
  expect(await scopeOf({ device: one })).toBe(await scopeOf({ device: one }));
  expect(
    new Set([await scopeOf(), await scopeOf({ device: one }), await scopeOf({ device: other })]).size,
  ).toBe(3);
});
