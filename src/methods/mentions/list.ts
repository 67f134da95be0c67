import { mentionsDismiss, mentionsList } from "../../../schemas/methods/mentions/list.ts";
import { requiresPerson } from "../../domain/users/index.ts";
import { type Method, method } from "../method.ts";

/** Mentions are addressed to persons; nobody is signed in as one. */
function refuse(): never {
  throw requiresPerson("mentions");
}

export default [method(mentionsList, refuse), method(mentionsDismiss, refuse)] satisfies Method[];
