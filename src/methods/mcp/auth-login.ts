import { mcpAuthLogin } from "../../../schemas/methods/mcp/auth-login.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  /** No server of the configuration is signed in to through a browser here. */
  method(mcpAuthLogin, () => {
    throw invalidRequest(
      "This connector cannot use operator browser sign-in. Check its existing account settings.",
    );
  }),
] satisfies Method[];
