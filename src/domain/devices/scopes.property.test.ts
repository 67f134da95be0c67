import fc from "fast-check";
import { expect, test } from "vitest";
import { closedScopes, holdsScope, holdsScopes, KNOWN_SCOPES, scopesBeyond } from "./scopes.ts";

const scope = fc.oneof(
  fc.constantFrom(...KNOWN_SCOPES),
  fc.constantFrom("operator.bogus", "x", ""),
  fc.string(),
);
const scopes = fc.array(scope, { maxLength: 6 });

test("[AU1] more scopes never see less", () => {
  fc.assert(
    fc.property(scopes, scopes, scope, (few, more, wanted) => {
      if (holdsScope(few, wanted)) expect(holdsScope([...few, ...more], wanted)).toBe(true);
    }),
  );
});

test("[AU1] every set opens itself, and the order of a set says nothing", () => {
  fc.assert(
    fc.property(scopes, (set) => {
      expect(holdsScopes(set, set)).toBe(true);
      expect(closedScopes(set)).toEqual(closedScopes(set.toReversed()));
    }),
  );
});

test("[AU1] writing out what is implied opens nothing new and is done once", () => {
  fc.assert(
    fc.property(scopes, scope, (set, wanted) => {
      const closed = closedScopes(set);
      expect(holdsScope(closed, wanted)).toBe(holdsScope(set, wanted));
      expect(closedScopes(closed)).toEqual(closed);
    }),
  );
});

test("[AU1] what lies beyond is exactly what is not held", () => {
  fc.assert(
    fc.property(scopes, scopes, (held, wanted) => {
      const beyond = scopesBeyond(wanted, held);
      expect(beyond.length === 0).toBe(holdsScopes(held, wanted));
      for (const one of beyond) expect(holdsScope(held, one)).toBe(false);
    }),
  );
});

test.for([
  { held: ["operator.admin"], wanted: "operator.pairing", opens: true },
  { held: ["operator.admin"], wanted: "operator.future", opens: true },
  { held: ["operator.admin"], wanted: "anything", opens: false },
  { held: ["operator.write"], wanted: "operator.read", opens: true },
  { held: ["operator.write"], wanted: "operator.talk", opens: true },
  { held: ["operator.write"], wanted: "operator.approvals", opens: false },
  { held: ["operator.read"], wanted: "operator.write", opens: false },
  { held: ["operator.bogus"], wanted: "operator.bogus", opens: true },
  { held: [], wanted: "operator.read", opens: false },
  { held: ["valueOf"], wanted: "", opens: false },
])("[AU1] $held and $wanted", ({ held, wanted, opens }) => {
  expect(holdsScope(held, wanted)).toBe(opens);
});
