import { browserRequest } from "../../../schemas/methods/browser/request.ts";
import { isRecord } from "../../domain/config/index.ts";
import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

const SELECTOR_CHARS_MAX = 256;

export default [
  method(browserRequest, async ({ params, deps }) => {
    const { target, node, query, body } = params;
    const verb = word(params["method"]).toUpperCase();
    const path = word(params["path"]);
    if (verb === "" || path === "") throw invalidRequest("method and path are required");
    if (!["GET", "POST", "DELETE"].includes(verb))
      throw invalidRequest("method must be GET, POST, or DELETE");
    if (!isPlace(target, node)) {
      throw invalidRequest(
        'target must be "host" or "node"; node requires target="node" and a nonempty selector of at most 256 characters',
      );
    }
    if (target === "node") {
      throw new ProtocolError("UNAVAILABLE", "Error: No connected browser-capable nodes.", {
        retryable: false,
      });
    }
    return await deps.browsers.request({
      method: verb,
      path,
      query: isRecord(query) ? query : {},
      body: isRecord(body) ? body : {},
    });
  }),
] satisfies Method[];

function word(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

function isPlace(target: unknown, node: unknown): boolean {
  if (target !== undefined && target !== "host" && target !== "node") return false;
  if (node === undefined) return true;
  return target === "node" && word(node) !== "" && word(node).length <= SELECTOR_CHARS_MAX;
}
