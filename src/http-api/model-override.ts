import type { Exchange } from "../transport/exchange.ts";
import { INVALID } from "./answers.ts";
import type { Requester } from "./authorize.ts";
import type { ApiParts } from "./parts.ts";

interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly type: string;
}

/** The model that `x-openclaw-model` asks for instead of the agent's own: the owner's to choose. */
export function modelOverride(
  exchange: Exchange,
  requester: Requester,
  agentId: string,
  { models }: Pick<ApiParts, "models">,
): string | Refusal | undefined {
  const asked = exchange.headers["x-openclaw-model"]?.trim() ?? "";
  if (asked === "") return undefined;
  if (!requester.isOwner) return { status: 403, message: "missing scope: operator.admin", type: "forbidden" };
  const known = models.list().find(({ provider, id }) => asked === `${provider}/${id}` || asked === id);
  if (known === undefined)
    return { status: 400, message: `Model '${asked}' is not allowed for agent '${agentId}'.`, type: INVALID };
  return `${known.provider}/${known.id}`;
}
