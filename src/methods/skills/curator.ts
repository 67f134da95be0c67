import {
  skillsCuratorPin,
  skillsCuratorRestore,
  skillsCuratorStatus,
  skillsCuratorUnpin,
} from "../../../schemas/methods/skills/curator.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  /** No review of skills has run: this gateway starts none. */
  method(skillsCuratorStatus, () => ({
    lastAttemptAtMs: null,
    lastSuccessAtMs: null,
    lastError: null,
    collectionReview: {},
    experienceReview: {},
    counts: { active: 0, stale: 0, archived: 0 },
    skills: [],
    overlaps: [],
  })),
  method(skillsCuratorPin, retired),
  method(skillsCuratorUnpin, retired),
  method(skillsCuratorRestore, retired),
] satisfies Method[];

/** compat(sweep/skills): the protocol still has the names, and says that there is nothing behind them. */
function retired(): never {
  throw invalidRequest(
    "Skill lifecycle curation is retired. The weekly collection review manages the skill collection; pin, unpin, and restore no longer exist.",
  );
}
