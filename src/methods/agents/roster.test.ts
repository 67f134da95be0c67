import { access, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[AG6] an agent is created with a workspace, and the roster is then explicit", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();

  const created = await client.call("agents.create", { name: "Worker Bee", emoji: "B" });
  const workspace = String(created.payload["workspace"]);
  const { payload } = await client.call("agents.list", {});
  const written = JSON.parse(await readFile(path.join(gateway.stateDir, "openclaw.json"), "utf8")) as {
    agents: Record<string, unknown>;
  };

  expect(created.payload).toMatchObject({ ok: true, agentId: "worker-bee", name: "Worker Bee" });
  expect(path.basename(workspace)).toMatch(/-worker-bee$/);
  expect(await readFile(path.join(workspace, "IDENTITY.md"), "utf8")).toContain("- Name: Worker Bee\n");
  expect(payload).toMatchObject({
    defaultId: "main",
    ownership: "explicit",
    selectionRequired: false,
    agents: [{ id: "main" }, { id: "worker-bee", identity: { name: "Worker Bee", emoji: "B" } }],
  });
  expect(written.agents).toMatchObject({
    ownership: "explicit",
    defaults: { systemAgent: { agentId: "main" } },
    entries: { "worker-bee": { name: "Worker Bee", workspace } },
  });
});

test("[AG6] the one agent that a client wrote down keeps its settings, its workspace and what is nobody's", async () => {
  await using gateway = await openTestGateway({ config: { agents: { entries: { main: { name: "Ada" } } } } });
  await using client = await gateway.connect();

  const created = await client.call("agents.create", { name: "bee" });
  const written = JSON.parse(await readFile(path.join(gateway.stateDir, "openclaw.json"), "utf8")) as unknown;

  expect(created.payload).toMatchObject({ ok: true, agentId: "bee" });
  expect(written).toMatchObject({
    agents: {
      ownership: "explicit",
      defaults: { systemAgent: { agentId: "main" } },
      entries: { main: { name: "Ada", workspace: expect.any(String) }, bee: { name: "bee" } },
    },
  });
});

test("[AG7] a name that is taken, or of which no id can be made, is refused", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const refused = async (name: string) => (await client.call("agents.create", { name })).error.message;

  expect(await refused("Main")).toBe('agent "main" already exists');
  expect(await refused("***")).toBe(
    'Agent name "***" has no valid id characters. Use at least one letter a-z or digit.',
  );
});

test("[AG8] an agent is renamed in the configuration and in its own file", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { payload } = await client.call("agents.create", { name: "bee", model: "offline/echo" });

  await client.call("agents.update", { agentId: "bee", name: "Ada", model: null });
  const { agents } = (await client.call("agents.list", {})).payload as { agents: unknown[] };
  const unknown = await client.call("agents.update", { agentId: "nope", name: "X" });

  expect(agents[1]).toMatchObject({ id: "bee", name: "Ada", identity: { name: "Ada" } });
  expect(await readFile(path.join(String(payload["workspace"]), "IDENTITY.md"), "utf8")).toMatch(
    /^- Name: Ada$/m,
  );
  expect(unknown.error.message).toBe('agent "nope" not found');
});

test("[AG9] an agent goes with its sessions and its files", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { payload } = await client.call("agents.create", { name: "bee" });
  const workspace = String(payload["workspace"]);
  await client.call("sessions.create", { key: "agent:bee:t" });

  const deleted = await client.call("agents.delete", { agentId: "bee" });
  const listed = await client.call("sessions.list", {});

  expect(deleted.payload).toMatchObject({ ok: true, agentId: "bee", removedBindings: 0, failed: [] });
  expect(deleted.payload["removed"]).toContainEqual({ path: workspace, method: "trash" });
  await expect(access(workspace)).rejects.toThrow("ENOENT");
  expect(JSON.stringify(listed.payload)).not.toContain("agent:bee:t");
  expect((await client.call("agents.delete", { agentId: "bee" })).error.message).toBe(
    'agent "bee" not found',
  );
});

test("[AG9] the last agent stays, and so does the one whose folder holds what all agents share", async () => {
  await using solo = await openTestGateway({ config: { agents: { entries: { ada: {} } } } });
  await using gateway = await openTestGateway({
    config: { agents: { entries: { main: {}, bee: { default: true } } } },
  });
  const refused = async (place: typeof gateway, agentId: string) => {
    await using client = await place.connect();
    return (await client.call("agents.delete", { agentId })).error;
  };

  expect(await refused(solo, "ada")).toEqual({
    code: "INVALID_REQUEST",
    message: 'Agent "ada" is the only configured agent and cannot be deleted.',
  });
  expect(await refused(gateway, "MAIN")).toEqual({
    code: "INVALID_REQUEST",
    message:
      'Agent "main" owns the legacy shared auth store and cannot be deleted. Run openclaw doctor --fix to migrate shared auth, then retry.',
  });
});

test("[AG6] a workspace that cannot be is told as the reference tells it, and nothing is kept", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const workspace = path.join(gateway.stateDir, "a\u0000b");
  const before = await readFile(path.join(gateway.stateDir, "openclaw.json"), "utf8");
  const message = `StartupMaintenanceRequiredError: Legacy workspace setup state requires migration for ${workspace}; run openclaw doctor --fix.: code=gateway.maintenance_required`;

  const created = await client.call("agents.create", { name: "bee", workspace });
  const moved = await client.call("agents.update", { agentId: "main", workspace });

  expect(created.error).toEqual({ code: "UNAVAILABLE", message });
  expect(moved.error).toEqual({ code: "UNAVAILABLE", message });
  expect(await readFile(path.join(gateway.stateDir, "openclaw.json"), "utf8")).toBe(before);
});

test("[AG6] an agent that was made says when, has a furnished workspace, and a folder below home may be named so", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  vi.stubEnv("HOME", gateway.stateDir);

  const bee = await client.call("agents.create", { name: "bee", workspace: "~/hive", emoji: "  " });
  const { payload } = await client.call("agents.list", {});
  const files = await client.call("agents.files.list", { agentId: "bee" });
  vi.unstubAllEnvs();

  expect(bee.payload["workspace"]).toBe(path.join(gateway.stateDir, "hive"));
  const [main, made] = payload["agents"] as [Record<string, unknown>, Record<string, unknown>];
  expect(main).not.toHaveProperty("createdAt");
  expect(made).toMatchObject({
    identity: { name: "bee" },
    createdAt: expect.any(Number),
    createdVia: "operator",
    creatorAgentId: null,
  });
  expect(made["identity"]).not.toHaveProperty("emoji");
  expect(files.payload["files"]).toContainEqual(
    expect.objectContaining({ name: "BOOTSTRAP.md", missing: false }),
  );
});

test("[AG8] a runtime is chosen together with a model and nothing else, and there is one", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const refused = async (params: Record<string, unknown>) =>
    (await client.call("agents.update", { agentId: "zz", agentRuntime: "x", ...params })).error.message;

  expect(await refused({})).toBe("Runtime selection requires a model-only update.");
  expect(await refused({ model: "offline/echo", name: "n" })).toBe(
    "Runtime selection requires a model-only update.",
  );
  expect(await refused({ model: "offline/echo" })).toBe('agent "zz" not found');
  expect(await refused({ agentId: "main", model: "offline/echo" })).toBe(
    'Runtime "x" is not available for offline/echo. Refresh the model catalog and choose again.',
  );
});
