import { expect, test } from "vitest";
import { isExtensionOrigin, originProblem } from "./origin.ts";
import { speaksOurProtocol } from "./protocol-range.ts";

const RULES = { allowedOrigins: ["https://ui.example"], mayMatchHostHeader: false };

test.for([
  { origin: "http://localhost:5173", host: "127.0.0.1:18789", isOk: true },
  { origin: "HTTP://LOCALHOST:1", host: "evil.example", isOk: true },
  { origin: "http://127.0.0.2:1", host: "x", isOk: true },
  { origin: "http://[::1]:18789", host: "x", isOk: true },
  { origin: "https://ui.example", host: "x", isOk: true },
  { origin: "http://192.168.1.5:18789", host: "192.168.1.5:18789", isOk: true },
  { origin: "http://a.local:18789", host: "a.local:18789", isOk: true },
  { origin: "http://box.ts.net", host: "box.ts.net", isOk: true },
  { origin: "http://[fd00::1]:18789", host: "[fd00::1]:18789", isOk: true },
  { origin: "http://192.168.1.5:18789", host: "127.0.0.1:18789", isOk: false },
  { origin: "http://a.local:1", host: "a.local:18789", isOk: false },
  { origin: "http://evil.example", host: "evil.example", isOk: false },
  { origin: "http://8.8.8.8:18789", host: "8.8.8.8:18789", isOk: false },
  { origin: "http://myhost:18789", host: "myhost:18789", isOk: false },
  { origin: "https://box.ts.net", host: "box.ts.net:443", isOk: false },
  { origin: "http://localhost.evil.example", host: "x", isOk: false },
  { origin: "chrome-extension://aaaa", host: "x", isOk: false },
])("[AU10] $origin asks $host: $isOk", ({ origin, host, isOk }) => {
  const expected = isOk ? undefined : "origin not allowed";
  expect(originProblem({ origin, host, isLoopback: true }, RULES)).toBe(expected);
});

test.for([undefined, "", "null", "file://", "garbage"])("[AU10] %j is no origin", (origin) => {
  const request = { origin, host: "127.0.0.1", isLoopback: true };
  expect(originProblem(request, RULES)).toBe("origin missing or invalid");
});

test("[AU10] another machine's localhost is not this one's", () => {
  const request = { origin: "http://localhost:1", host: "gateway:1", isLoopback: false };
  expect(originProblem(request, RULES)).toBe("origin not allowed");
});

test("[AU10] the Host header counts for public names only when the operator says so", () => {
  const request = { origin: "http://evil.example", host: "evil.example", isLoopback: true };
  expect(originProblem(request, { ...RULES, mayMatchHostHeader: true })).toBeUndefined();
});

test("[AU10] an installed extension has an id of 32 letters from a to p", () => {
  expect(isExtensionOrigin(`chrome-extension://${"abcdefghijklmnop".repeat(2)}`)).toBe(true);
  expect(isExtensionOrigin("chrome-extension://abc")).toBe(false);
  expect(isExtensionOrigin(`chrome-extension://${"q".repeat(32)}`)).toBe(false);
  expect(isExtensionOrigin(undefined)).toBe(false);
});

test.for([
  { min: 4, max: 4, plain: true, probe: true, node: true },
  { min: 1, max: 9, plain: true, probe: true, node: true },
  { min: 3, max: 3, plain: false, probe: true, node: true },
  { min: 1, max: 3, plain: false, probe: true, node: true },
  { min: 4, max: 3, plain: false, probe: true, node: false },
  { min: 5, max: 5, plain: false, probe: false, node: false },
  { min: 5, max: 3, plain: false, probe: false, node: false },
  { min: 1, max: 2, plain: false, probe: false, node: false },
])("[AU11] $min..$max", ({ min, max, plain, probe, node }) => {
  const range = { minProtocol: min, maxProtocol: max };
  expect(speaksOurProtocol({ ...range, client: { mode: "cli" } })).toBe(plain);
  expect(speaksOurProtocol({ ...range, client: { mode: "probe" } })).toBe(probe);
  expect(speaksOurProtocol({ ...range, role: "node", client: { mode: "node" } })).toBe(node);
  expect(speaksOurProtocol({ ...range, role: "node", client: { mode: "cli" } })).toBe(plain);
});
