import { sessionsPatch, sessionsPatchMany } from "../../../schemas/methods/sessions/patch.ts";
import type { Json } from "../../../schemas/shapes/session.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

export default [
  method(sessionsPatch, async ({ params, deps }) => {
    const { key: asked, agentId, ...patch } = params;
    return await patchOne(deps, asked, agentId, patch);
  }),
  method(sessionsPatchMany, async ({ params, deps }) => {
    const keys = params.targets.map((target) => `${target.agentId ?? ""}/${target.key}`);
    if (new Set(keys).size < keys.length) throw invalidRequest("Duplicate target.");
    const outcomes: { ok: boolean; key: string; error?: Json }[] = [];
    for (const { key: asked, agentId, ...expected } of params.targets) {
      try {
        await patchOne(deps, asked, agentId, { ...params.patch, ...expected });
        outcomes.push({ ok: true, key: asked });
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        outcomes.push({ ok: false, key: asked, error: { ...error.toWire() } });
      }
    }
    return { outcomes };
  }),
] satisfies Method[];

async function patchOne(
  deps: Deps,
  asked: string,
  agentId: string | undefined,
  patch: Readonly<Record<string, unknown>>,
) {
  if (patch["archived"] === true) await stopRuns(deps, asked, agentId);
  return deps.sessions.patches.apply(asked, agentId, patch);
}

/** Nothing works in a session that is put away. */
async function stopRuns(deps: Deps, asked: string, agentId: string | undefined): Promise<void> {
  await deps.runs.abort(deps.sessions.keyFor(asked, agentId));
}
