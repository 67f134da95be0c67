import { updateReport } from "../../../schemas/methods/update/report.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  /** Reports are about updates that failed; whoever installed the package updates it, so none is on record. */
  method(updateReport, () => {
    throw invalidRequest("This failed update attempt is stale or unavailable.");
  }),
] satisfies Method[];
