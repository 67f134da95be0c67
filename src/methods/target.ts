import type { MethodContract } from "../../schemas/contract.ts";
import { invalidRequest } from "../errors/protocol-error.ts";
import { type Handler, type Method, method } from "./method.ts";

/**
 * A method that changes the session which one of its params names. compat(chat/refusals): without that name it is
 * refused before the other params are looked at.
 */
export function methodOnSession<C extends MethodContract>(
  contract: C,
  member: "key" | "sessionKey",
  handler: Handler<C>,
): Method {
  const prepare = (params: unknown) => {
    const named = typeof params === "object" && params !== null ? Reflect.get(params, member) : undefined;
    if (typeof named === "string" && named.trim() !== "") return params;
    throw invalidRequest("session mutation target is unavailable", {
      details: { code: "SESSION_MUTATION_TARGET_REQUIRED", method: contract.method },
    });
  };
  return { ...method(contract, handler), prepare };
}
