import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { REFERENCE_BUILD_ID } from "../schemas/reference.ts";
import { openTestGateway } from "./testing/gateway.ts";

async function serverOf(config: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  await using gateway = await openTestGateway({ config });
  await using client = await gateway.connect({ scopes: ["operator.read"] });
  return client.hello["server"] as Record<string, unknown>;
}

test("[HS14] a web client of the frozen reference finds its own build", async () => {
  expect(await serverOf()).toMatchObject({
    buildId: REFERENCE_BUILD_ID,
    controlUiBuildSource: "bundled",
  });
});

test("[HS14] a web client from a folder of the operator's is not compared", async () => {
  const root = await mkdtemp(path.join(tmpdir(), "control-ui-"));
  await mkdir(root, { recursive: true });
  await writeFile(path.join(root, "index.html"), "<!doctype html>");

  expect(await serverOf({ gateway: { controlUi: { root } } })).toMatchObject({
    controlUiBuildSource: "configured",
  });
  await rm(root, { recursive: true });
});
