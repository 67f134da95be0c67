import { agentsFor } from "../../../domain/tools/agents-list.ts";
import { Arguments, answered } from "../arguments.ts";
import type { DeferredTool } from "../deferred-tool.ts";
import { answer, QUIET } from "./answer.ts";
import type { SessionToolParts } from "./parts.ts";

const COMPLETION =
  "What the child answers comes to you as a message of its own. Go on with what does not depend on it, and wait for all that you need before you answer for good; do not ask again and again.";
const NO_COMPLETION = "Nothing comes back from this child: look at its session when you want to know.";

export function spawnTool({ subagents }: SessionToolParts): DeferredTool {
  return {
    ...QUIET,
    name: "sessions_spawn",
    label: "Sessions",
    description:
      "Hands a task to a child agent, which works on it in a session of its own, beside you. For work that is large or can go on in parallel; not for a quick look.",
    parameters: {
      type: "object",
      required: ["task"],
      properties: {
        task: { type: "string" },
        label: { type: "string", description: "A short title of the work." },
        agentId: { type: "string" },
        model: { type: "string" },
        thinking: { type: "string" },
        runTimeoutSeconds: { type: "integer", minimum: 0 },
        mode: { type: "string", enum: ["run"] },
        context: { type: "string", enum: ["isolated", "fork"] },
        expectsCompletionMessage: { type: "boolean" },
      },
    },
    describe: (given) => new Arguments(given).text("label"),
    run: (given, context) =>
      answered("sessions_spawn", async () => {
        const args = new Arguments(given);
        const texts = pick(args, ["label", "agentId", "model", "thinking"]);
        const timeoutSeconds = args.number("runTimeoutSeconds");
        const expectsCompletion = !args.isFalse("expectsCompletionMessage");
        const from = args.text("context") === "fork" ? "fork" : "isolated";
        const child = await subagents.spawn(context.sessionKey, {
          task: args.requiredText("task"),
          ...texts,
          ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
          context: from,
          expectsCompletion,
        });
        return answer({
          status: "accepted",
          childSessionKey: child.childSessionKey,
          runId: child.runId,
          mode: "run",
          expectsCompletionMessage: expectsCompletion,
          context: from,
          note: expectsCompletion ? COMPLETION : NO_COMPLETION,
          resolvedModel: child.model,
          resolvedProvider: child.provider,
          modelApplied: child.isModelApplied,
        });
      }),
  };
}

export function subagentsTool({ subagents }: SessionToolParts): DeferredTool {
  return {
    ...QUIET,
    name: "subagents",
    label: "Subagents",
    description: "Lists the children of this session, or stops one of them.",
    parameters: {
      type: "object",
      properties: {
        action: { type: "string", enum: ["list", "kill"] },
        target: { type: "string", description: "The session of the child that is meant." },
      },
    },
    describe: (given) => new Arguments(given).text("action"),
    run: (given, { sessionKey }) =>
      answered("subagents", async () => {
        const args = new Arguments(given);
        const action = args.text("action") ?? "list";
        if (action === "kill") {
          const killed = await subagents.kill(sessionKey, args.requiredText("target"));
          return answer({ status: "ok", action, target: args.text("target"), killed });
        }
        if (action !== "list") throw new Error(`Unsupported action: ${action}`);
        const tasks = (await subagents.list(sessionKey)).map(
          ({
            taskId,
            runtime,
            deliveryStatus,
            execution,
            status,
            title,
            childSessionKey,
            progressSummary,
            error,
          }) => ({
            taskId,
            runtime,
            deliveryStatus,
            execution,
            status,
            title,
            childSessionKey,
            progressSummary,
            error,
          }),
        );
        const active = tasks.filter((task) => task.status === "running");
        const recent = tasks.filter((task) => task.status !== "running");
        return answer({
          status: "ok",
          action,
          requesterSessionKey: sessionKey,
          total: tasks.length,
          tasks,
          active,
          recent,
        });
      }),
  };
}

export function agentsListTool({ agents, defaultModel }: SessionToolParts): DeferredTool {
  return {
    ...QUIET,
    name: "agents_list",
    label: "Agents",
    description: "Lists the agents that work may be handed to.",
    parameters: { type: "object", properties: {} },
    describe: () => undefined,
    run: (_given, { agentId }) =>
      answered("agents_list", async () => answer(agentsFor(agentId, agents, defaultModel()))),
  };
}

function pick<Name extends string>(
  args: Arguments,
  names: readonly Name[],
): { readonly [Member in Name]?: string } {
  const found: { [Member in Name]?: string } = {};
  for (const name of names) {
    const text = args.text(name)?.trim();
    if (text !== undefined && text !== "") found[name] = text;
  }
  return found;
}
