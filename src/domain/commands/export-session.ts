import path from "node:path";
import { writePrivateFile } from "../../platform/files.ts";
import { isoTime } from "../../platform/iso.ts";
import type { Sessions } from "../sessions/index.ts";
import type { CommandAnswer, CommandContext } from "./context.ts";

/** Messages of one file; older ones are left out. */
const MESSAGES_MAX = 5_000;

/** Writes a conversation as a page into the workspace, for its owner alone. */
export async function exportSession(context: CommandContext, sessions: Sessions): Promise<CommandAnswer> {
  const { agents, request, entry, clock, argument } = context;
  const workspace = agents.get(request.agentId)?.workspace;
  if (workspace === undefined || entry === undefined) return { text: "❌ There is no session to export." };
  const mark = isoTime(clock.now()).slice(0, 19).replaceAll(":", "-");
  const name = argument === "" ? `openclaw-session-${entry.sessionId.slice(0, 8)}-${mark}.html` : argument;
  const file = path.resolve(workspace, name);
  if (!file.startsWith(path.resolve(workspace) + path.sep)) {
    return { text: "❌ Output path must be a regular file inside the workspace." };
  }
  const { records } = await sessions.history(request.sessionKey, { limit: MESSAGES_MAX });
  const lines = records.map(
    ({ message }) => `<section><h2>${safe(message.role)}</h2><pre>${safe(textOf(message))}</pre></section>`,
  );
  const title = safe(entry.label ?? request.sessionKey);
  await writePrivateFile(
    file,
    `<!doctype html>\n<meta charset="utf-8">\n<title>${title}</title>\n<h1>${title}</h1>\n${lines.join("\n")}\n`,
  );
  return {
    text: `✅ Session exported!\n\n📄 File: ${path.relative(workspace, file)}\n📊 Entries: ${records.length}`,
  };
}

function textOf(message: Readonly<Record<string, unknown>>): string {
  const { content } = message;
  return typeof content === "string" ? content : JSON.stringify(content, null, 2);
}

function safe(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
