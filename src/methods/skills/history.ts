import {
  skillsProposalsHistoryScan,
  skillsProposalsHistoryStatus,
} from "../../../schemas/methods/skills/history.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(skillsProposalsHistoryStatus, retired),
  method(skillsProposalsHistoryScan, retired),
] satisfies Method[];

/** compat(sweep/skills): the protocol still has the names, and says that there is nothing behind them. */
function retired(): never {
  throw invalidRequest(
    "Historical batch scans are retired. Start a learning session from Workshop to review past conversations.",
  );
}
