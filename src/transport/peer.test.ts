import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { peerOf } from "./peer.ts";

const NOBODY = { trustedProxies: [], allowRealIpFallback: false };
const PROXIES = {
  trustedProxies: ["10.0.0.0/8", "::1", "not an address", "1.2.3.4/99"],
  allowRealIpFallback: true,
};

function request(remoteAddress: string, headers: Record<string, string> = {}): IncomingMessage {
  // The parts of a request that are looked at.
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
}

test.for([
  ["127.0.0.1", "127.0.0.1", true],
  ["::ffff:127.0.0.1", "127.0.0.1", true],
  ["::1", "::1", true],
  ["192.0.2.1", "192.0.2.1", false],
  ["10.1.2.3", "10.1.2.3", false],
] as const)("[LM3] without a proxy the socket says who it is: %s", ([remote, address, isLoopback]) => {
  expect(peerOf(request(remote), PROXIES)).toMatchObject({ address, isLoopback, isProxied: false });
});

test.for([
  [{ "x-forwarded-for": "192.0.2.7" }, "192.0.2.7"],
  [{ "x-forwarded-for": "203.0.113.9, 192.0.2.7" }, "192.0.2.7"],
  [{ "x-forwarded-for": "192.0.2.7, 10.9.9.9" }, "192.0.2.7"],
  [{ "x-forwarded-for": "192.0.2.7:4711" }, "192.0.2.7"],
  [{ "x-forwarded-for": "[2001:db8::7]:4711" }, "2001:db8::7"],
  [{ "x-real-ip": "192.0.2.7" }, "192.0.2.7"],
] as const)("[LM3] a trusted proxy speaks for its client: %j", ([headers, address]) => {
  expect(peerOf(request("10.1.2.3", headers), PROXIES)).toMatchObject({
    address,
    isLoopback: false,
    isProxied: true,
  });
});

test.for([
  [{ "x-forwarded-for": "192.0.2.7" }, "10.1.2.3", NOBODY],
  [{ "x-forwarded-for": "192.0.2.7" }, "192.0.2.1", PROXIES],
  [{ "x-forwarded-for": "127.0.0.1" }, "10.1.2.3", PROXIES],
  [{ "x-forwarded-for": "::1" }, "10.1.2.3", PROXIES],
  [{ "x-forwarded-for": "10.9.9.9" }, "10.1.2.3", PROXIES],
  [{ "x-forwarded-for": "nonsense" }, "10.1.2.3", PROXIES],
  [{ "x-forwarded-for": "192.0.2.7, nonsense" }, "10.1.2.3", PROXIES],
  [{ "x-forwarded-for": "" }, "10.1.2.3", PROXIES],
  [{ "x-forwarded-proto": "https" }, "10.1.2.3", PROXIES],
  [{ "x-real-ip": "192.0.2.7" }, "10.1.2.3", { ...PROXIES, allowRealIpFallback: false }],
] as const)("[LM3] what a proxy says is not believed: %j from %s", ([headers, remote, trust]) => {
  expect(peerOf(request(remote, headers), trust)).toBeUndefined();
});
