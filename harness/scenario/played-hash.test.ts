import { expect, test } from "vitest";
import { scenarioOf } from "../compare/testing-trace.ts";
import { playedHash } from "./played-hash.ts";

const call = { id: "a", call: "a.b", expect: { ok: false } };
const base = playedHash(scenarioOf({ steps: [{ connect: {} }, call] }));

test.for([
  [{ title: "Another title", covers: ["x"] }],
  [{ steps: [{ connect: {} }, { ...call, expect: { code: "X" }, note: "why", security: "one-way" }] }],
  [{ compare: [{ path: "/a", rule: "volatile", why: "long enough" }] }],
])("%j needs no new recording", ([more]) => {
  expect(playedHash(scenarioOf({ steps: [{ connect: {} }, call], ...more }))).toBe(base);
});

test.for([
  [{ needs: "fresh" }],
  [{ setup: { env: { A: "1" } } }],
  [{ steps: [{ connect: {} }, { ...call, params: {} }] }],
  [{ steps: [{ connect: {}, expect: { ok: true } }, call] }],
])("%j does", ([more]) => {
  expect(playedHash(scenarioOf({ steps: [{ connect: {} }, call], ...more }))).not.toBe(base);
});
