import { expect, test } from "vitest";
import { type BindConfig, bindHosts } from "./bind.ts";

const address = (value: string) => [
  { address: value, family: "IPv4" as const, internal: false, netmask: "", mac: "", cidr: null },
];
const TAILNET = () => ({ eth0: address("192.0.2.5"), tailscale0: address("100.101.102.103") });
const PLAIN = () => ({ eth0: address("100.10.1.1") });

test.for([
  [{ bind: "loopback" }, PLAIN, ["127.0.0.1"]],
  [{ bind: "auto" }, PLAIN, ["127.0.0.1"]],
  [{ bind: "lan" }, PLAIN, ["0.0.0.0"]],
  [{ bind: "custom", customBindHost: "192.0.2.5" }, PLAIN, ["192.0.2.5", "127.0.0.1"]],
  [{ bind: "custom", customBindHost: "127.0.0.2" }, PLAIN, ["127.0.0.2"]],
  [{ bind: "custom" }, PLAIN, ["0.0.0.0"]],
  [{ bind: "tailnet" }, TAILNET, ["100.101.102.103", "127.0.0.1"]],
  [{ bind: "tailnet" }, PLAIN, ["127.0.0.1"]],
] as const)("[HT8] %j listens where it should", ([config, interfaces, hosts]) => {
  expect(bindHosts(config as BindConfig, interfaces)).toEqual(hosts);
});
