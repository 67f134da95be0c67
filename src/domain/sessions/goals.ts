import { invalidRequest, type ProtocolError } from "../../errors/protocol-error.ts";
import type { SessionContext } from "./context.ts";

const OPERATION_AGE_MAX_MS = 24 * 60 * 60 * 1000;
const CLOCK_SKEW_MAX_MS = 5 * 60 * 1000;

/** What a client wants done to a goal that it saw. */
export interface GoalOperation {
  readonly goalId: string;
  readonly sessionId?: string;
  readonly issuedAtMs: number;
}

function rejected(reason: string, message: string): ProtocolError {
  return invalidRequest(message, { details: { code: "GOAL_OPERATION_REJECTED", reason } });
}

/**
 * Decides whether an operation may still be done. Goals are made by an agent with a tool that is not here yet, so
 * every operation that is in time finds its goal gone.
 */
export async function checkGoalOperation(
  context: SessionContext,
  key: string,
  operation: GoalOperation,
): Promise<never> {
  const entry = await context.get(key);
  const isOther = operation.sessionId !== undefined && operation.sessionId !== entry?.sessionId;
  if (entry === undefined || isOther) {
    throw invalidRequest("Session changed or was removed; refresh its Goal.");
  }
  const age = context.now() - operation.issuedAtMs;
  if (age < -CLOCK_SKEW_MAX_MS) {
    throw rejected("invalid", "Goal operation time is invalid; refresh and try again.");
  }
  if (age > OPERATION_AGE_MAX_MS) {
    throw rejected("expired", "Goal operation expired; review the current Goal before trying again.");
  }
  throw rejected("goal-rebound", "Goal changed or was cleared; refresh before trying again.");
}
