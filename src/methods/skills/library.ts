import {
  skillsLibraryActivate,
  skillsLibraryImport,
  skillsLibraryList,
  skillsLibraryMutate,
  skillsLibraryRead,
  skillsLibrarySave,
  skillsLibraryUpload,
} from "../../../schemas/methods/skills/library.ts";
import { invalidRequest, type ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

/** Skills that one session selects of the library. */
const SELECTION_LIMIT = 64;

/**
 * A personal library belongs to a profile that somebody signed in to. A shared secret signs nobody in, so there is
 * no library on this gateway yet: nothing can be put into it, and nothing is in it.
 */
export default [
  method(skillsLibraryList, async ({ params, caller, deps }) => {
    const { sessionKey } = params;
    if (sessionKey !== undefined) await checkSession(deps, sessionKey);
    const isAdmin = caller.scopes.includes("operator.admin");
    return {
      entries: [],
      profileId: null,
      multipleProfiles: false,
      defaultTarget: isAdmin ? ("workspace" as const) : ("unavailable" as const),
      canManageWorkspace: isAdmin,
      defaultSelectionLimit: SELECTION_LIMIT,
      ...(sessionKey === undefined ? {} : { session: { sessionKey, selections: [], attachable: [] } }),
    };
  }),
  method(skillsLibraryRead, async ({ params, deps }) => {
    if (params.sessionKey === undefined) {
      throw refusal("NOT_FOUND", "Skill not found in your accessible library.");
    }
    await checkSession(deps, params.sessionKey);
    throw refusal("FORBIDDEN", "Session reads require an exact selected skillId and revision.");
  }),
  method(skillsLibraryMutate, () => {
    throw refusal("NOT_FOUND", "Skill not found.");
  }),
  method(skillsLibraryActivate, async ({ params, deps }) => {
    const { sessionKey, action, skillId } = params;
    await checkSession(deps, sessionKey);
    if (action !== "refresh" && skillId === undefined) {
      throw refusal("INVALID_BUNDLE", "attach/detach requires skillId.");
    }
    if (action !== "detach") throw refusal("NOT_FOUND", "Skill library is empty.");
    return { sessionKey, selections: [], sessionActivation: "next-turn" as const };
  }),
  method(skillsLibrarySave, signedOut),
  method(skillsLibraryImport, signedOut),
  method(skillsLibraryUpload, signedOut),
] satisfies Method[];

function signedOut(): never {
  throw refusal(
    "IDENTITY_REQUIRED",
    "Sign in with a durable Gateway profile to use a personal skill library. Shared-token administrators can use workspace skills.",
  );
}

async function checkSession(deps: Deps, sessionKey: string): Promise<void> {
  if ((await deps.sessions.get(sessionKey)) === undefined) throw refusal("NOT_FOUND", "Session not found.");
}

function refusal(code: string, message: string): ProtocolError {
  return invalidRequest(message, { details: { code: `SKILL_LIBRARY_${code}` } });
}
