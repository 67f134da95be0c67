import { computerInvoke, computerStatus } from "../../../schemas/methods/computer/computer.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** A screen that agents may use is a machine in a cloud, and none can be hired here. */
export default [
  method(computerStatus, () => ({ configured: false, available: false })),
  method(computerInvoke, () => {
    throw new ProtocolError("UNAVAILABLE", "Error: INVALID_REQUEST: invalid worker computer request", {
      retryable: false,
    });
  }),
] satisfies Method[];
