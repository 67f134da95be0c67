import { openclawApprovalList } from "../../../schemas/methods/openclaw/approval.ts";
import { type Method, method } from "../method.ts";

export default [
  // What waits here is what the setup agent proposes to change, and this gateway has none that proposes.
  method(openclawApprovalList, () => []),
] satisfies Method[];
