/** What one side asked its model provider: the outgoing plane, the same shape for every dialect. */
export interface Ask {
  readonly api: Api;
  readonly path: string;
  readonly model: string;
  readonly stream: boolean;
  /** Roles in order, system prompts aside. */
  readonly roles: readonly string[];
  /** System prompts are prose: only that there is one counts. */
  readonly hasSystem: boolean;
  readonly userTexts: readonly string[];
  readonly assistantTexts: readonly string[];
  readonly toolResults: readonly string[];
  readonly toolNames: readonly string[];
  /** Images and other attachments, by kind. */
  readonly attachments: readonly string[];
}

export type Api =
  | "openai-completions"
  | "openai-responses"
  | "anthropic-messages"
  | "google-generative-ai"
  | "ollama";

/** One message of a request, whatever its dialect called things. */
export interface Said {
  readonly role: string;
  readonly text: string;
  readonly toolResults?: readonly string[];
  readonly attachments?: readonly string[];
}

/** The reference adds a message and a line of its own to what the person said; both are prose. */
const INTERNAL = "<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>";
const RUNTIME = /\n+Runtime: agent=/;

export function makeAsk(
  base: Pick<Ask, "api" | "path" | "model" | "stream" | "hasSystem" | "toolNames">,
  all: readonly Said[],
): Ask {
  const said = all.filter((message) => !isProse(message)).map(withoutProse);
  const texts = (role: string): string[] =>
    said.filter((message) => message.role === role && message.text !== "").map((message) => message.text);
  return {
    ...base,
    roles: said.map((message) => message.role),
    userTexts: texts("user"),
    assistantTexts: texts("assistant"),
    toolResults: said.flatMap((message) => message.toolResults ?? []),
    attachments: said.flatMap((message) => message.attachments ?? []),
  };
}

function withoutProse(message: Said): Said {
  const internal = message.text.indexOf(INTERNAL);
  const text = internal < 0 ? message.text : message.text.slice(0, internal).trimEnd();
  const runtime = RUNTIME.exec(text);
  return { ...message, text: runtime === null ? text : text.slice(0, runtime.index) };
}

/** A message of which nothing is left was not the person's. */
const isProse = (message: Said): boolean =>
  message.role === "user" && message.text.trimStart().startsWith(INTERNAL);

export function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

export function textField(value: unknown, key: string): string {
  const found = field(value, key);
  return typeof found === "string" ? found : "";
}

export function listField(value: unknown, key: string): readonly unknown[] {
  const found = field(value, key);
  return Array.isArray(found) ? found : [];
}

/** Content is a text, or a list of parts of which those with a text are joined. */
export function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part) => textField(part, "text"))
    .filter((text) => text !== "")
    .join("\n");
}

export function attachmentsOf(content: unknown): string[] {
  if (!Array.isArray(content)) return [];
  return content
    .map((part) => textField(part, "type"))
    .filter((type) => /image|audio|file|document/.test(type));
}
