import fc from "fast-check";
import { expect, test } from "vitest";
import { agentOfKey, canonicalKey, keyFacts, restOfKey } from "./keys.ts";

const agentIds = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/);
const rests = fc.stringMatching(/^[a-z0-9][a-z0-9:_-]{0,30}$/).filter((rest) => !rest.startsWith("agent:"));
const references = fc.oneof(
  fc.string({ maxLength: 40 }),
  rests,
  fc.tuple(agentIds, rests).map(([id, rest]) => `agent:${id}:${rest}`),
);

test("[SE1] a canonical key is its own canonical key, for every agent", () => {
  fc.assert(
    fc.property(references, agentIds, agentIds, (reference, first, second) => {
      const key = canonicalKey(reference, first);
      if (key !== undefined) expect(canonicalKey(key, second)).toBe(key);
    }),
  );
});

test("[SE1] case and space around a key do not matter", () => {
  fc.assert(
    fc.property(references, agentIds, (reference, agentId) => {
      expect(canonicalKey(` ${reference.toUpperCase()}\t`, agentId)).toBe(
        canonicalKey(reference.toUpperCase(), agentId),
      );
      const ascii = /^[\x20-\x7e]*$/.test(reference);
      if (ascii)
        expect(canonicalKey(reference.toUpperCase(), agentId)).toBe(canonicalKey(reference, agentId));
    }),
  );
});

test("[SE2] a full key is taken apart into the agent and the rest that it was made of", () => {
  fc.assert(
    fc.property(agentIds, rests, (agentId, rest) => {
      const key = `agent:${agentId}:${rest}`;
      expect([agentOfKey(key), restOfKey(key)]).toEqual([agentId, rest]);
      expect(keyFacts(key, "other").agentId).toBe(agentId);
    }),
  );
});

test.for([
  ["main", "agent:work:main"],
  ["  MAIN ", "agent:work:main"],
  ["global", "global"],
  ["Unknown", "unknown"],
  ["telegram:group:7", "agent:work:telegram:group:7"],
  ["AGENT:Main:MiXed Key", "agent:main:mixed key"],
  ["agent::x", undefined],
  ["agent:main:", undefined],
  ["", undefined],
] as const)("[SE1] %j is %j", ([reference, key]) => {
  expect(canonicalKey(reference, "work")).toBe(key);
});

test.for([
  ["agent:main:main", "main", "direct", false],
  ["agent:main:cron:job:run:7", "cron", "direct", true],
  ["agent:main:subagent:1:subagent:2", "subagent", "direct", true],
  ["agent:main:hook:x", "hook", "direct", true],
  ["agent:main:acp:x", "acp", "direct", true],
  ["agent:main:dreaming-narrative-x", "dreaming", "direct", true],
  ["agent:main:dashboard:u", "dashboard", "direct", false],
  ["agent:main:explicit:foo", "explicit", "direct", false],
  ["agent:main:voice:1", "voice", "direct", false],
  ["agent:main:tui-123", "tui", "direct", false],
  ["agent:main:node-abc", "node", "direct", false],
  ["agent:main:main:thread:x", "thread", "direct", false],
  ["agent:main:telegram:group:-1:topic:7", "group", "group", false],
  ["agent:main:telegram:channel:c9", "channel", "group", false],
  ["agent:main:discord:channel:55:thread:9", "thread", "group", false],
  ["agent:main:telegram:acct:direct:55", "direct", "direct", false],
  ["agent:main:whatsapp:dm:1", "direct", "direct", false],
  ["agent:main:direct:peer1", "direct", "direct", false],
  ["agent:main:slack:room:r1", "custom", "direct", false],
  ["global", "global", "global", false],
  ["unknown", "unknown", "unknown", false],
] as const)("[SE3] %s is a %s", ([key, classification, kind, isBackground]) => {
  expect(keyFacts(key, "main")).toMatchObject({ classification, kind, isBackground });
});

test.for([
  ["agent:main:telegram:group:-1:topic:7", "telegram:g-1-topic-7"],
  ["agent:main:discord:channel:55:thread:9", "discord:g-55-thread-9"],
  ["agent:main:telegram:channel:c9", "telegram:g-c9"],
])("[SE4] the room %s is shown as %s", ([key, name]) => {
  expect(keyFacts(key ?? "", "main").displayName).toBe(name);
});
