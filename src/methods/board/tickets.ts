import { boardAction, boardDataRead, boardPromptAuthorize } from "../../../schemas/methods/board/tickets.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** Tickets are given to the frames of widgets; frames are not served here, so no ticket was ever given. */
function invalidTicket() {
  return invalidRequest("board widget view ticket is invalid");
}

export default [
  method(boardPromptAuthorize, () => {
    throw invalidTicket();
  }),
  method(boardDataRead, () => {
    throw invalidTicket();
  }),
  method(boardAction, () => {
    throw invalidTicket();
  }),
] satisfies Method[];
