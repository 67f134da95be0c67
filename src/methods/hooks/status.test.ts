import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

const HEAD = `---
name: my-hook
description: does it
metadata: { "openclaw": { "emoji": "H", "events": ["command:new", "odd:one"], "requires": { "bins": ["sh", "no-such-program"], "config": ["workspace.dir"] } } }
---
`;

async function putHook(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "HOOK.md"), HEAD);
  await writeFile(path.join(folder, "handler.js"), "");
}

interface Row {
  readonly name: string;
}

const find = (payload: Record<string, unknown>, name: string) =>
  (payload["hooks"] as Row[]).find((row) => row.name === name);

test("[OP6] hooks are shown with what they need, and an agent that is not there has none", async () => {
  await using gateway = await openTestGateway();
  await putHook(path.join(gateway.stateDir, "hooks", "my-hook"));
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  const { payload } = await reader.call("hooks.status", {});
  const unknown = await reader.call("hooks.status", { agentId: "nope" });

  expect(payload).toMatchObject({ managedHooksDir: `${gateway.stateDir}/hooks` });
  expect(find(payload, "my-hook")).toMatchObject({
    source: "openclaw-managed",
    hookKey: "my-hook",
    events: ["command:new", "odd:one"],
    unknownEvents: ["odd:one"],
    enabledByConfig: true,
    requirementsSatisfied: false,
    loadable: false,
    missing: { bins: ["no-such-program"], config: [] },
    configChecks: [{ path: "workspace.dir", satisfied: true }],
  });
  expect(unknown.error.message).toBe('unknown agent id "nope"');
});

test("[OP6] a hook of the workspace is on only where the configuration says so", async () => {
  const entries = { "my-hook": { enabled: true } };
  await using off = await openTestGateway();
  await using on = await openTestGateway({ config: { hooks: { internal: { enabled: true, entries } } } });
  const enabled = async (gateway: typeof on): Promise<unknown> => {
    await using reader = await gateway.connect({ scopes: ["operator.read"] });
    const { payload } = await reader.call("hooks.status", {});
    await putHook(path.join(String(payload["workspaceDir"]), "hooks", "my-hook"));
    const again = await reader.call("hooks.status", {});
    return (find(again.payload, "my-hook") as unknown as { enabledByConfig: boolean }).enabledByConfig;
  };

  expect(await enabled(off)).toBe(false);
  expect(await enabled(on)).toBe(true);
});
