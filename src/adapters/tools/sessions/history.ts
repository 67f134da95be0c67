import { Arguments, answered } from "../arguments.ts";
import type { DeferredTool } from "../deferred-tool.ts";
import { answer, QUIET } from "./answer.ts";
import { AGENT_VIEWER, type SessionToolParts } from "./parts.ts";
import { reach } from "./reach.ts";

const LIMIT_DEFAULT = 50;
const LIMIT_MAX = 1_000;
/** Characters of one message, and bytes of all, that a model is shown. */
const MESSAGE_CHARS_MAX = 4_000;
const BYTES_MAX = 80_000;

type Wire = Readonly<Record<string, unknown>>;

export function historyTool({ sessions, history }: SessionToolParts): DeferredTool {
  return {
    ...QUIET,
    name: "sessions_history",
    label: "Session History",
    description: "Reads what was said in a session, the newest part unless an offset or a message is named.",
    parameters: {
      type: "object",
      required: ["sessionKey"],
      properties: {
        sessionKey: { type: "string" },
        limit: { type: "integer", minimum: 1, maximum: LIMIT_MAX },
        includeTools: { type: "boolean" },
        offset: { type: "integer", minimum: 0 },
        messageId: { type: "string" },
      },
    },
    describe: (given) => new Arguments(given).text("sessionKey"),
    run: (given, context) =>
      answered("sessions_history", async () => {
        const args = new Arguments(given);
        const entry = await reach(sessions, args.requiredText("sessionKey"), context);
        const limit = Math.max(1, Math.min(args.number("limit") ?? LIMIT_DEFAULT, LIMIT_MAX));
        const offset = args.number("offset");
        const messageId = args.text("messageId");
        const page = await history.read(
          {
            sessionKey: entry.key,
            limit,
            maxChars: MESSAGE_CHARS_MAX,
            maxBytes: BYTES_MAX,
            ...(offset === undefined ? {} : { offset }),
            ...(messageId === undefined ? {} : { messageId }),
          },
          AGENT_VIEWER,
        );
        const read = Array.isArray(page["messages"]) ? (page["messages"] as readonly Wire[]) : [];
        const messages = read.filter((one) => args.flag("includeTools") || !isOfTool(one)).map(withoutUsage);
        const isShort = page["hasMore"] === true;
        return answer({
          sessionKey: entry.key,
          messages,
          truncated: isShort,
          droppedMessages: false,
          contentTruncated: JSON.stringify(messages).includes("...(truncated)..."),
          contentRedacted: false,
          bytes: Buffer.byteLength(JSON.stringify(messages)),
          pendingInputs: page["pendingInputs"],
          ...(isShort ? { hasMore: true, nextOffset: page["nextOffset"] } : {}),
        });
      }),
  };
}

function isOfTool({ role, content }: Wire): boolean {
  if (role === "toolResult" || role === "custom") return true;
  return (
    Array.isArray(content) && content.length > 0 && content.every((part: Wire) => part["type"] === "toolCall")
  );
}

function withoutUsage(message: Wire): Wire {
  const { usage: _, ...rest } = message;
  return rest;
}
