import { invalidRequest, type ProtocolError } from "../../errors/protocol-error.ts";
import type { Answers, Question } from "./index.ts";

const OPTIONS_MIN = 2;

/** Refuses questions that nobody could answer. */
export function checkQuestions(questions: readonly Question[], isAdmin: boolean): void {
  if (questions.some(({ secretStore }) => secretStore !== undefined) && !isAdmin) {
    throw invalidRequest("secret store questions require an operator.admin client");
  }
  const ids = new Set<string>();
  for (const { questionId: id, options, isSecret } of questions) {
    if (ids.has(id)) throw invalidRequest(`duplicate question id '${id}'`);
    ids.add(id);
    if (options.length > 0 && options.length < OPTIONS_MIN) {
      throw invalidRequest(`question '${id}' must have either no options or 2 to 4 options`);
    }
    const labels = new Set<string>();
    for (const { label } of options) {
      if (labels.has(label)) throw invalidRequest(`question '${id}' has duplicate option label '${label}'`);
      labels.add(label);
    }
    if (isSecret === true) throw invalidRequest(`question '${id}': secret questions are not supported yet`);
  }
}

/** The answers without the space around them; throws when one is missing or is none that was offered. */
export function checkAnswers(questions: readonly Question[], given: Answers): Answers {
  const stranger = Object.keys(given.answers).find(
    (id) => !questions.some(({ questionId }) => questionId === id),
  );
  if (stranger !== undefined) throw refusal(`question '${stranger}' is not part of this request`);
  const answers = questions.map((question) => {
    const chosen = given.answers[question.questionId] ?? [];
    return [question.questionId, checkAnswer(question, chosen)] as const;
  });
  return { answers: Object.fromEntries(answers) };
}

function checkAnswer(question: Question, given: readonly string[]): readonly string[] {
  const { questionId: id, options, multiSelect, isOther } = question;
  const chosen = given.map((answer) => answer.trim());
  if (chosen.length === 0) throw refusal(`question '${id}' requires an answer`);
  if (chosen.includes("")) throw refusal(`question '${id}' contains an empty answer`);
  if (chosen.length > 1 && multiSelect !== true) {
    throw refusal(`question '${id}' does not allow multiple answers`);
  }
  const isFree = options.length === 0 || isOther === true;
  if (!isFree && chosen.some((answer) => !options.some(({ label }) => label === answer))) {
    throw refusal(`question '${id}' contains an unknown option`);
  }
  return chosen;
}

function refusal(message: string): ProtocolError {
  return invalidRequest(message, { details: { reason: "QUESTION_INVALID_ANSWER" } });
}
