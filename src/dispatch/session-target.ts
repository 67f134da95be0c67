import { invalidRequest } from "../errors/protocol-error.ts";

/**
 * Methods that change one session, and where they name it. Whoever is no administrator has to name it before anything
 * else is looked at: what they may do is a matter of the session. See [DP17].
 */
const TARGETS: ReadonlyMap<string, readonly string[]> = new Map([
  ...named("sessionKey", [
    "board.event",
    "board.update",
    "board.widget.grant",
    "board.widget.put",
    "chat.abort",
    "progressCard.get",
    "session.discussion.open",
    "sessions.companion.reset",
    "sessions.fork",
    "sessions.github.confirm",
    "sessions.github.publish",
    "sessions.goal.clear",
    "sessions.goal.update",
    "skills.library.activate",
    "talk.client.close",
    "talk.client.steer",
    "talk.client.transcript",
    "taskSuggestions.create",
  ]),
  ...named("key", ["sessions.assignOwner", "sessions.move", "sessions.reclaim", "sessions.recover"]),
  ...named("name", ["sessions.groups.delete", "sessions.groups.rename", "sessions.groups.update"]),
  ["board.action", ["ticket"]],
  ["sessions.abort", ["key", "runId"]],
]);

function named(member: string, methods: readonly string[]): [string, readonly string[]][] {
  return methods.map((method) => [method, [member]]);
}

/** Throws when a method needs a session of this caller and none is named. */
export function requireTarget(method: string, params: unknown, scopes: readonly string[]): void {
  const members = TARGETS.get(method);
  if (members === undefined || scopes.includes("operator.admin")) return;
  if (members.some((member) => isNamed(params, member))) return;
  throw invalidRequest("session mutation target is unavailable", {
    details: { code: "SESSION_MUTATION_TARGET_REQUIRED", method },
  });
}

function isNamed(params: unknown, member: string): boolean {
  const value: unknown =
    typeof params === "object" && params !== null ? Reflect.get(params, member) : undefined;
  return typeof value === "string" && value.trim() !== "";
}
