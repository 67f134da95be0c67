import {
  questionGet,
  questionList,
  questionRequest,
  questionResolve,
  questionWaitAnswer,
} from "../../../schemas/methods/question/question.ts";
import { type Method, method } from "../method.ts";

export default [
  method(questionRequest, ({ params, caller, deps }) => {
    const isAdmin = caller.scopes.includes("operator.admin");
    const { id, expiresAtMs } = deps.questions.ask(params, { isAdmin });
    return { id, expiresAtMs };
  }),
  method(questionWaitAnswer, async ({ params, deps }) => {
    const { resolutionId, ...state } = await deps.questions.wait(params.id, params.timeoutMs);
    const isAsked = params.includeResolutionId === true && resolutionId !== undefined;
    return { ...state, ...(isAsked ? { resolutionId } : {}) };
  }),
  method(questionResolve, ({ params, deps }) =>
    "cancel" in params
      ? deps.questions.cancel(params.id, params)
      : deps.questions.answer(params.id, params.answers, params),
  ),
  method(questionGet, ({ params, deps }) => ({ question: deps.questions.get(params.id) })),
  method(questionList, ({ deps }) => ({ questions: [...deps.questions.pending()] })),
] satisfies Method[];
