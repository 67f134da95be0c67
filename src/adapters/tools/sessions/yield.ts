import type { Tool } from "../../../domain/runs/index.ts";
import type { Subagents } from "../../../domain/subagents/index.ts";
import { Arguments, answered } from "../arguments.ts";
import { answer, QUIET } from "./answer.ts";

/** compat(agent/tool-loop): offered in every turn. There is something to wait for only while a child works. */
export function yieldTool(parts: { readonly subagents: Subagents }): Tool {
  return {
    ...QUIET,
    name: "sessions_yield",
    description:
      "Ends this turn to wait for children that still work; what they answer begins the next one. Use it only after handing out work whose result you need.",
    parameters: {
      type: "object",
      properties: {
        waitFor: {
          type: "string",
          const: "message",
          description: "Waits for a message instead of a result.",
        },
        message: { type: "string", description: "A note to yourself for the next turn." },
        acknowledgment: { type: "string", description: "What the person is told meanwhile." },
      },
    },
    describe: (given) => new Arguments(given).text("message"),
    run: (given, { sessionKey }) =>
      answered("sessions_yield", async () => {
        const args = new Arguments(given);
        const working = (await parts.subagents.list(sessionKey)).filter((task) => task.status === "running");
        if (working.length === 0 && args.text("waitFor") === undefined) {
          throw new Error(
            'No pending child completion is owned by this turn. If the assigned work is complete, return its result normally. An unfinished subagent waiting for an incoming continuation must explicitly set waitFor: "message".',
          );
        }
        const message = args.text("message");
        const said = args.text("acknowledgment") ?? "";
        return {
          ...answer({ status: "yielded", ...(message === undefined ? {} : { message }) }),
          endsTurn: { text: said },
        };
      }),
  };
}
