import { skillsLibraryList } from "../../../schemas/methods/skills/library.ts";
import { type Method, method } from "../method.ts";

/** Skills that one session selects of the library; nothing can be put in, so there is nothing to select. */
const SELECTION_LIMIT = 64;

export default [
  method(skillsLibraryList, ({ caller }) => {
    const isAdmin = caller.scopes.includes("operator.admin");
    return {
      entries: [],
      profileId: null,
      multipleProfiles: false,
      defaultTarget: isAdmin ? ("workspace" as const) : ("unavailable" as const),
      canManageWorkspace: isAdmin,
      defaultSelectionLimit: SELECTION_LIMIT,
    };
  }),
] satisfies Method[];
