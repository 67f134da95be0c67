import { chatToolTitles } from "../../../schemas/methods/chat/titles.ts";
import { ignored } from "../ignored.ts";
import { type Method, method } from "../method.ts";

export default [
  /** Titles are written by a utility model, and none is set up: clients then make their own. */
  method(chatToolTitles, ({ params }) => {
    ignored(params, ["sessionKey", "agentId", "items"]);
    return { disabled: true, titles: {} };
  }),
] satisfies Method[];
