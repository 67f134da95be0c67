import { controlUiSessionPreview } from "../../../schemas/methods/control-ui/session-preview.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  /** What a link to a session shows before it is followed. One that is not there is unavailable, not an error. */
  method(controlUiSessionPreview, async ({ params, caller, deps }) => {
    const { sessionKey } = params;
    if (typeof sessionKey !== "string" || sessionKey.trim() === "") {
      throw invalidRequest("invalid controlUi.sessionPreview params");
    }
    const key = deps.sessions.keyFor(sessionKey, undefined);
    const entry = await deps.sessions.get(key);
    const row = entry === undefined ? null : await deps.sessions.listing.describe(key, {}, caller);
    if (entry === undefined || row === null) return { status: "unavailable" as const };
    const { agentId, updatedAt, archivedAt } = entry;
    return {
      status: "ok" as const,
      sessionKey: key,
      agentId,
      kind: String(row["kind"]),
      updatedAt,
      archived: archivedAt !== undefined,
    };
  }),
] satisfies Method[];
