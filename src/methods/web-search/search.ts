import { webSearchTest } from "../../../schemas/methods/web-search/search.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

export default [
  // Search services are plugins of the reference and there are none here, so there is none to try.
  method(webSearchTest, () => {
    throw invalidRequest("Choose a search provider, or select a model with native search.");
  }),
] satisfies Method[];
