import { attachRevoke } from "../../../schemas/methods/attach/grant.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  method(attachRevoke, ({ params: { token } }) => {
    if (typeof token !== "string" || token.trim() === "") throw invalidRequest("token is required");
    // Grants open the tools to a program over MCP; nothing is served there, so nothing was ever granted.
    return { revoked: false };
  }),
] satisfies Method[];
