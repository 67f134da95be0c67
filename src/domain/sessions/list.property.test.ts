import fc from "fast-check";
import { expect, test } from "vitest";
import type { Entry } from "./entry.ts";
import { type ListQuery, listPage } from "./list.ts";
import { Roster } from "./roster.ts";
import type { SessionStore } from "./store.ts";

const context = {
  now: 1_000,
  defaultAgentId: "main",
  isConfigured: () => true,
  modelOf: () => "offline/echo",
  isActive: () => false,
};

function rosterOf(entries: readonly Entry[]): Roster {
  // Paging asks the store for nothing.
  const roster = new Roster({} as SessionStore);
  for (const entry of entries) roster.put(entry);
  return roster;
}

const blank = {
  key: "",
  sessionId: "s",
  agentId: "main",
  createdAt: 0,
  updatedAt: 0,
  createdVia: "operator",
  lifecycleRevision: "l",
  transcriptId: "s",
};
const times = fc.integer({ min: 0, max: 5 });
const entries = fc
  .uniqueArray(
    fc.record({
      name: fc.stringMatching(/^[a-z]{1,6}$/),
      updatedAt: times,
      pinnedAt: fc.option(times, { nil: undefined }),
      lastInteractionAt: fc.option(times, { nil: undefined }),
      archivedAt: fc.option(times, { nil: undefined, freq: 4 }),
    }),
    { selector: (one) => one.name, maxLength: 30 },
  )
  .map((many) =>
    many.map(({ name, updatedAt, ...optional }): Entry => {
      const given = Object.entries(optional).filter(([, value]) => value !== undefined);
      return {
        key: `agent:main:${name}`,
        sessionId: name,
        agentId: "main",
        createdAt: 0,
        createdVia: "operator",
        lifecycleRevision: name,
        transcriptId: name,
        updatedAt,
        ...Object.fromEntries(given),
      };
    }),
  );
const queries = fc
  .tuple(
    fc.constantFrom("updatedAt", "lastInteractionAt", "activity"),
    fc.constantFrom<true | false | "all">(true, false, "all"),
    fc.option(fc.boolean(), { nil: undefined }),
  )
  .map(([sortBy, archived, pinned]): ListQuery => {
    return { sortBy, archived, ...(pinned === undefined ? {} : { pinned }) };
  });

test("[SE9] the order is kept by every change", () => {
  const changes = fc.array(fc.tuple(fc.stringMatching(/^[a-c]{1,2}$/), fc.option(times, { nil: undefined })));
  fc.assert(
    fc.property(entries, changes, (before, many) => {
      const roster = rosterOf(before);
      roster.newestFirst();
      for (const [name, updatedAt] of many) {
        const key = `agent:main:${name}`;
        const known = roster.get(key) ?? { ...blank, key };
        if (updatedAt === undefined) roster.remove(key);
        else roster.put({ ...known, updatedAt });
      }
      const kept = roster.newestFirst().map((entry) => entry.key);
      expect(kept).toEqual(
        rosterOf([...roster.values()])
          .newestFirst()
          .map((entry) => entry.key),
      );
    }),
  );
});

/** All keys that a walk by `nextOffset` sees, page after page. */
function walk(roster: Roster, query: ListQuery, limit: number): string[] {
  const seen: string[] = [];
  let offset: number | null = 0;
  while (offset !== null) {
    const page = listPage(roster, { ...query, limit, offset }, context);
    seen.push(...page.entries.map((entry) => entry.key));
    offset = page.nextOffset;
  }
  return seen;
}

test("[SE9] a walk by pages of any size sees every session once, in the order of one big page", () => {
  fc.assert(
    fc.property(entries, queries, fc.integer({ min: 1, max: 7 }), (many, query, limit) => {
      const roster = rosterOf(many);
      const whole = listPage(roster, { ...query, limit: 1_000 }, context);

      const seen = walk(roster, query, limit);

      expect(seen).toEqual(whole.entries.map((entry) => entry.key));
      expect(new Set(seen).size).toBe(whole.total);
    }),
  );
});

test("[SE9] the order does not depend on the order in which sessions were made", () => {
  fc.assert(
    fc.property(entries, queries, (many, query) => {
      expect(walk(rosterOf(many.toReversed()), query, 3)).toEqual(walk(rosterOf(many), query, 3));
    }),
  );
});

test("[SE10] archived and not archived together are all, and share nothing", () => {
  fc.assert(
    fc.property(entries, (many) => {
      const roster = rosterOf(many);
      const count = (archived: boolean | "all") => listPage(roster, { archived }, context).total;
      expect(count(true) + count(false)).toBe(count("all"));
    }),
  );
});
