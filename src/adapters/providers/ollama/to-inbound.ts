import type { ProviderEvent } from "../../../domain/runs/index.ts";
import { listMember, member, numberMember, textMember } from "../foreign.ts";
import { argumentsFrom } from "../tool-arguments.ts";

/** Reads the lines of an answer. The server does not name its calls, so each is given a name. */
export function lineReader(makeId: () => string) {
  let calls = 0;

  function* readCall(given: unknown): Generator<ProviderEvent> {
    const named = member(given, "function");
    const said = member(named, "arguments");
    calls += 1;
    yield {
      type: "tool-call",
      call: {
        id: textMember(given, "id") ?? `call_${makeId()}`,
        name: textMember(named, "name") ?? "",
        arguments: typeof said === "string" ? argumentsFrom(said) : (said ?? {}),
      },
    };
  }

  return {
    *read(line: unknown): Generator<ProviderEvent> {
      const message = member(line, "message");
      const thinking = textMember(message, "thinking") ?? "";
      const text = textMember(message, "content") ?? "";
      if (thinking !== "") yield { type: "thinking", text: thinking };
      if (text !== "") yield { type: "text", text };
      for (const call of listMember(message, "tool_calls")) yield* readCall(call);
      if (member(line, "done") !== true) return;
      const input = numberMember(line, "prompt_eval_count");
      const output = numberMember(line, "eval_count");
      const usage = { input, output, cacheRead: 0, cacheWrite: 0, total: input + output };
      yield { type: "usage", usage };
      const model = textMember(line, "model");
      const ended = textMember(line, "done_reason") === "length" ? "length" : "stop";
      yield {
        type: "stop",
        reason: calls > 0 ? "toolUse" : ended,
        ...(model === undefined ? {} : { responseModel: model }),
      };
    },
  };
}
