import { TestDevice } from "./device.ts";
import { deviceClient } from "./device-client.ts";
import type { TestGateway } from "./gateway.ts";

export const COMMANDS = ["system.run", "system.which", "camera.snap", "custom.cmd"];

/** A node host with the given commands. */
export function nodeClient(gateway: TestGateway, device: TestDevice, commands = COMMANDS) {
  return deviceClient(gateway, device, {
    role: "node",
    scopes: [],
    client: { id: "node-host", mode: "node", displayName: "box" },
    params: { caps: ["system"], commands, pathEnv: "/bin", permissions: { "screen.record": true } },
  });
}

/** A gateway with an administrator and a node whose surface was approved. */
export async function approvedNode(gateway: TestGateway, commands = COMMANDS) {
  const admin = await gateway.connect();
  const device = new TestDevice();
  const node = await nodeClient(gateway, device, commands);
  const { payload } = await admin.event("node.pair.requested");
  await admin.call("node.pair.approve", { requestId: payload.requestId });
  return { admin, node, device, nodeId: device.id };
}
