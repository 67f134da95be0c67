import { expect, test } from "vitest";
import { acp } from "./acp-answer.ts";
import type { CommandContext } from "./context.ts";

const asked = (argument: string): string =>
  acp({
    argument,
    request: { sessionKey: "agent:main:k" },
    config: { snapshot: () => ({ source: {} }) },
  } as unknown as CommandContext).text; // Only what is asked for here.

test.for([
  ["sessions", "ACP sessions:\n-----\n(none)"],
  ["set", "⚠️ Usage: /acp set <key> <value> [session-key|session-id|session-label]"],
  ["model", "⚠️ Usage: /acp model <model-id> [session-key|session-id|session-label]"],
] as const)("[CH17] /acp %s", ([argument, text]) => {
  expect(asked(argument)).toBe(text);
});

test("[CH17] /acp says of a session that it is none of another program's", () => {
  for (const argument of ["status", "cancel", "steer x", "close", "reset-options", "cwd /tmp"]) {
    expect(asked(argument)).toMatch(
      /^ACP error \(ACP_SESSION_INIT_FAILED\): Session is not ACP-enabled: agent:main:k\n/,
    );
  }
  expect(asked("spawn")).toMatch(/^⚠️ ACP target harness id is required\. /);
  expect(asked("bogus")).toMatch(/^ACP commands:\n-----\n\/acp spawn \[harness-id\]/);
});
