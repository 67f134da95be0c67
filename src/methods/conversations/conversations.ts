import {
  conversationsList,
  conversationsSend,
  conversationsTurn,
  conversationsTurnCancel,
} from "../../../schemas/methods/conversations/conversations.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** Conversations are those of chat networks; without one there are none that could be found. */
function unknown(conversationRef: string) {
  return invalidRequest(`Conversation not found: ${conversationRef} (use conversations_list)`);
}

export default [
  method(conversationsList, () => ({ conversations: [] })),
  method(conversationsSend, ({ params }) => {
    throw unknown(params.conversationRef);
  }),
  method(conversationsTurn, ({ params }) => {
    throw unknown(params.conversationRef);
  }),
  method(conversationsTurnCancel, () => ({ cancelled: false })),
] satisfies Method[];
