import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), "understudy-home-"));
  await mkdir(path.join(home, "memories"));
  await writeFile(path.join(home, "memories", "MEMORY.md"), "# Mine\n");
  vi.stubEnv("HERMES_HOME", home);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
});

interface Plan {
  readonly providerId: string;
  readonly planFingerprint: string;
  readonly items: readonly { readonly id: string; readonly status: string }[];
}

test("[MG1] what another assistant remembered is planned, copied once, and then in the way", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const plan = async (): Promise<Plan | undefined> => {
    const { payload } = await client.call("migrations.memory.plan", { agentId: "main" });
    return (payload["providers"] as Plan[]).find(({ providerId }) => providerId === "hermes");
  };
  const before = await plan();
  expect(before?.items).toMatchObject([{ id: "memory:MEMORY.md", status: "planned" }]);
  const request = {
    idempotencyKey: "k",
    agentId: "main",
    providerId: "hermes",
    planFingerprint: before?.planFingerprint,
    itemIds: ["memory:MEMORY.md"],
  };
  const apply = (changes: object = {}) => client.call("migrations.memory.apply", { ...request, ...changes });

  expect((await apply({ idempotencyKey: "k0", itemIds: ["x"] })).error.message).toBe(
    "memory migration items changed; refresh the plan (x)",
  );
  const first = await apply();
  expect(first.payload).toMatchObject({ summary: { total: 1, migrated: 1 } });
  const copy = path.join(gateway.stateDir, "workspace", "memory", "imports", "hermes", "MEMORY.md");
  expect(await readFile(copy, "utf8")).toBe("# Mine\n");
  expect((await apply()).payload).toEqual(first.payload);
  expect((await apply({ providerId: "claude" })).error.message).toBe(
    "memory import idempotency key was reused",
  );
  expect((await plan())?.items).toMatchObject([{ status: "conflict", reason: "target exists" }]);
  expect((await apply({ idempotencyKey: "k2" })).error.message).toBe(
    "memory migration plan changed; refresh the plan before importing",
  );
});

test("[MG2] an agent or an assistant that nobody knows is refused", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const request = { idempotencyKey: "k", planFingerprint: "a".repeat(64), itemIds: ["x"] };
  const refusal = async (params: object) =>
    (await client.call("migrations.memory.apply", { ...request, ...params })).error.message;
  expect(await refusal({ agentId: "nope", providerId: "hermes" })).toBe("unknown agent id");
  expect(await refusal({ agentId: "main", providerId: "nope" })).toBe("unknown memory migration provider");
});
