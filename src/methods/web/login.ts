import { webLoginStart, webLoginWait } from "../../../schemas/methods/web/login.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

/** Channels that are signed in to by a picture on a phone are plugins; none is installed. */
const noProvider = () => invalidRequest("web login provider is not available");

export default [
  method(webLoginStart, () => {
    throw noProvider();
  }),
  method(webLoginWait, () => {
    throw noProvider();
  }),
] satisfies Method[];
