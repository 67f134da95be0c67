import {
  openclawSetupActivate,
  openclawSetupActivateStart,
  openclawSetupAuthStart,
  openclawSetupDetect,
  openclawSetupPrepareStart,
  openclawSetupVerify,
} from "../../../schemas/methods/openclaw/setup.ts";
import { accessScript, activationScript } from "../../domain/setup/index.ts";
import { type Method, method } from "../method.ts";

/** What is begun here goes on with `wizard.next` under the id that the caller chose. */
export default [
  method(openclawSetupDetect, async ({ deps }) => await deps.setup.detect()),
  method(openclawSetupVerify, async ({ params, deps }) => ({ ...(await deps.setup.verify(params)) })),
  method(openclawSetupActivate, async ({ params, deps }) => await deps.setup.activate(params)),
  method(openclawSetupActivateStart, ({ params, deps }) => {
    const { sessionId, ...activation } = params;
    deps.wizards.begin(activationScript(deps.setup, activation), { sessionId });
    return { sessionId, done: false, status: "running" as const };
  }),
  method(openclawSetupAuthStart, ({ params, deps }) => {
    const { sessionId, authChoice } = params;
    deps.wizards.begin(accessScript(deps.setup, authChoice), { sessionId });
    return { sessionId, done: false, status: "running" as const };
  }),
  method(openclawSetupPrepareStart, ({ params, deps }) => {
    const { sessionId, authChoice } = params;
    deps.wizards.begin(accessScript(deps.setup, authChoice), { sessionId });
    return { sessionId, done: false, status: "running" as const };
  }),
] satisfies Method[];
