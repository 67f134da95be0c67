import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test.for([
  [{ label: "  " }, "invalid label: empty"],
  [{ label: "Taken" }, "label already in use: Taken"],
  [{ color: "#ff0000" }, "color must be one of: red, blue, green, yellow, purple, orange, pink, cyan"],
  [{ verboseLevel: "zz" }, 'invalid verboseLevel (use "on"|"off"|"full")'],
  [{ traceLevel: "zz" }, 'invalid traceLevel (use "on"|"off"|"raw")'],
  [{ reasoningLevel: "zz" }, 'invalid reasoningLevel (use "on"|"off"|"stream")'],
  [{ elevatedLevel: "zz" }, 'invalid elevatedLevel (use "on"|"off"|"ask"|"full")'],
  [{ execHost: "zz" }, 'invalid execHost (use "auto"|"sandbox"|"gateway"|"node")'],
  [{ thinkingLevel: "bogus" }, "invalid thinkingLevel (use off)"],
  [{ thinkingLevel: "high" }, 'thinkingLevel "high" is not supported for offline/echo (use off)'],
  [{ model: "nope/nope" }, 'Unknown provider "nope". Use /models to list providers.'],
  [{ agentRuntime: "openclaw" }, "agentRuntime requires an explicit canonical provider/model selection"],
  [{ contextWindow: "zz" }, 'contextWindow "zz" is not supported for offline/echo'],
  [{ ttlMinutes: 3 }, "statusNote required before setting attention or ttlMinutes"],
  [{ archived: true }, "expectedSessionId required for session lifecycle patch: agent:main:a"],
  [{ expectedSessionId: "x", label: "y" }, "Session a changed before patch. Retry."],
  [{ agentId: "nope" }, 'Unknown agent id "nope"'],
  [{ expectedPermissionMode: "full", label: "y" }, "Session a changed before patch. Retry."],
  [{ expectedSandboxMode: "off", label: "y" }, "Session a changed before patch. Retry."],
  [
    { execAsk: null },
    "execSecurity/execAsk are retired; set permissionMode (read-only|guarded|workspace|full) instead, or use /exec for this run only.",
  ],
  [
    { nativeRuntimeConsent: "yes" },
    "Native runtime consent requires the current session and execution settings, Full access, and sandbox off.",
  ],
  [
    { completionOwnerSessionKey: "b" },
    "completionOwnerSessionKey is only supported for subagent:* or acp:* sessions",
  ],
  [{ inheritedToolDeny: ["exec"] }, "inheritedToolDeny is only supported for subagent:* or acp:* sessions"],
] as const)("[SE13] refuses %j and changes nothing", async ([patch, text]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  await client.call("sessions.create", { key: "taken", label: "Taken" });
  const made = await client.call("sessions.create", { key: "a" });

  const answer = await client.call("sessions.patch", { key: "a", ...patch });

  expect(answer.error).toMatchObject({ code: "INVALID_REQUEST", message: text });
  const after = await client.call("sessions.describe", { key: "a" });
  expect(after.payload).toMatchObject({
    session: { updatedAt: (made.payload["entry"] as { updatedAt: number }).updatedAt },
  });
});

test("[SE12] who may write organises sessions; everything else in a patch asks for admin", async () => {
  await using gateway = await openTestGateway();
  await using writer = await gateway.connect({ scopes: ["operator.write"] });

  const label = await writer.call("sessions.patch", { key: "a", label: "Mine", pinned: true, model: null });
  const both = await writer.call("sessions.patch", { key: "a", label: "Mine", verboseLevel: "on" });
  const many = await writer.call("sessions.patchMany", {
    targets: [{ key: "a" }],
    patch: { permissionMode: "full" },
  });

  expect(label).toMatchObject({ ok: true, payload: { entry: { label: "Mine" } } });
  for (const answer of [both, many]) {
    expect(answer.error).toMatchObject({ code: "FORBIDDEN", message: "missing scope: operator.admin" });
  }
});

test("[SE13] null takes a member away, and an archived session is out of the list until it is restored", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const made = await client.call("sessions.create", { key: "a", label: "Label A" });
  const expectedSessionId = made.payload["sessionId"];

  const cleared = await client.call("sessions.patch", { key: "a", label: null });
  await client.call("sessions.patch", { key: "a", expectedSessionId, archived: true });
  const usual = await client.call("sessions.list");
  const archived = await client.call("sessions.list", { archived: true });
  const pin = await client.call("sessions.patch", { key: "a", pinned: true });
  await client.call("sessions.patch", { key: "a", expectedSessionId, archived: false });
  const restored = await client.call("sessions.list");

  expect(cleared.payload["entry"]).not.toHaveProperty("label");
  expect(usual.payload["count"]).toBe(0);
  expect(archived.payload).toMatchObject({
    count: 1,
    sessions: [{ archived: true, archiveReason: "manual" }],
  });
  expect(pin.error.message).toBe("cannot pin an archived session; restore it first");
  expect(restored.payload["count"]).toBe(1);
});

test("[SE13] patchMany answers for each target, and refuses to name one twice", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const patch = { pinned: true };

  const some = await client.call("sessions.patchMany", {
    targets: [{ key: "a", expectedSessionId: "zz" }, { key: "b" }],
    patch,
  });
  const twice = await client.call("sessions.patchMany", { targets: [{ key: "a" }, { key: "a" }], patch });

  expect(some.payload["outcomes"]).toEqual([
    {
      ok: false,
      key: "a",
      error: {
        code: "INVALID_REQUEST",
        message: "Session a changed before patch. Retry.",
        details: { reason: "session-changed" },
      },
    },
    { ok: true, key: "b" },
  ]);
  expect(twice.error.message).toBe("Duplicate target.");
});

test("[SE13] what is written in another way is kept in one", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const patch = async (change: object) =>
    (await client.call("sessions.patch", { key: "a", ...change })).payload["entry"];

  expect(await patch({ category: "  Work " })).toMatchObject({ category: "Work" });
  expect(await patch({ verboseLevel: "FULL" })).toMatchObject({ verboseLevel: "full" });
  expect(await patch({ icon: '<svg xmlns="x"></svg>' })).toMatchObject({
    icon: "data:image/svg+xml,%3Csvg%20xmlns%3D%22x%22%3E%3C%2Fsvg%3E",
  });
});

test.for([
  "<svg><script>1</script></svg>",
  "<svg onload='x'></svg>",
  "<svg><a href='https://example.com'/></svg>",
  `data:image/svg+xml;base64,${Buffer.from("<svg><script/></svg>").toString("base64")}`,
  "data:image/svg+xml,%E0%A4%A",
])("[SE13] a drawing that runs or fetches something is no icon: %s", async (icon) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const { error } = await client.call("sessions.patch", { key: "a", icon });

  expect(error.message).toMatch(/^icon must be a single emoji/);
});
