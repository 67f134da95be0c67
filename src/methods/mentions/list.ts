import { mentionsDismiss, mentionsList } from "../../../schemas/methods/mentions/list.ts";
import { requiresPerson } from "../../domain/users/index.ts";
import { type Call, type Method, method } from "../method.ts";

/** Mentions are addressed to persons by other persons, and the owner is the only one: the inbox is empty. */
async function inbox({ caller, deps }: Pick<Call<unknown>, "caller" | "deps">) {
  if ((await deps.owner.of(caller)) === undefined) throw requiresPerson("mentions");
  return { gatewayInstanceId: deps.owner.instanceId, revision: 0, items: [] };
}

export default [method(mentionsList, inbox), method(mentionsDismiss, inbox)] satisfies Method[];
