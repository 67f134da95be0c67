import { expect, test } from "vitest";
import { createTestClock } from "../../testing/clock.ts";
import { openTestGateway } from "../../testing/gateway.ts";

const SCOPES = { scopes: ["operator.questions"] };
const COLOR = {
  questionId: "color",
  header: "Color",
  question: "Which one?",
  options: [{ label: "Red" }, { label: "Blue" }],
};

test("[QU1] a question is told to who may answer, waited for, and answered once", async () => {
  await using gateway = await openTestGateway();
  await using asker = await gateway.connect(SCOPES);
  await using human = await gateway.connect(SCOPES);
  await using reader = await gateway.connect({ scopes: ["operator.read"] });

  await asker.call("question.request", { id: "q", sessionKey: "main", questions: [COLOR] });
  const waiting = asker.request("question.waitAnswer", { id: "q" });
  const requested = await human.event("question.requested");
  const answers = { answers: { color: [" Red "] } };
  const answered = await human.call("question.resolve", { id: "q", answers, resolvedBy: "me" });
  const again = await human.call("question.resolve", { id: "q", cancel: true });

  const clean = { status: "answered", answers: { answers: { color: ["Red"] } } };
  expect(requested.payload).toMatchObject({
    sessionKey: "agent:main:main",
    agentId: "main",
    status: "pending",
  });
  expect(answered.payload).toEqual(clean);
  expect((await asker.response(waiting)).payload).toEqual(clean);
  expect(again.error.details).toEqual({ reason: "QUESTION_ALREADY_TERMINAL" });
  expect((await human.event("question.resolved")).payload).toEqual({ id: "q", ...clean });
  expect((await human.call("question.list")).payload).toEqual({ questions: [] });
  expect((await reader.call("question.list")).error.message).toBe("missing scope: operator.questions");
  expect(reader.events.filter(({ event }) => event.startsWith("question."))).toEqual([]);
});

test.for([
  [{ shape: ["Red"] }, "question 'shape' is not part of this request"],
  [{}, "question 'color' requires an answer"],
  [{ color: ["Green"] }, "question 'color' contains an unknown option"],
  [{ color: ["Red", "Blue"] }, "question 'color' does not allow multiple answers"],
  [{ color: [" "] }, "question 'color' contains an empty answer"],
] as const)("[QU2] %j: %s", async ([answers, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect(SCOPES);
  await client.call("question.request", { id: "q", questions: [COLOR] });

  const answer = await client.call("question.resolve", { id: "q", answers: { answers } });

  expect(answer.error).toMatchObject({ message, details: { reason: "QUESTION_INVALID_ANSWER" } });
});

test.for([
  [[COLOR, COLOR], "duplicate question id 'color'"],
  [
    [{ ...COLOR, options: [{ label: "x" }] }],
    "question 'color' must have either no options or 2 to 4 options",
  ],
  [[{ ...COLOR, options: [], isSecret: true }], "question 'color': secret questions are not supported yet"],
] as const)("[QU3] what nobody could answer is not asked: %#", async ([questions, message]) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect(SCOPES);

  expect((await client.call("question.request", { questions })).error.message).toBe(message);
});

test("[QU4] a wait runs out before the question does, and the question when its time is over", async () => {
  const clock = createTestClock();
  await using gateway = await openTestGateway({ clock });
  await using client = await gateway.connect(SCOPES);
  await client.call("question.request", { id: "q", questions: [COLOR], timeoutMs: 1_000 });
  const short = client.request("question.waitAnswer", { id: "q", timeoutMs: 100 });
  const long = client.request("question.waitAnswer", { id: "q" });
  await client.call("question.list");

  clock.advance(100);
  expect((await client.response(short)).payload).toEqual({ status: "pending" });
  clock.advance(900);
  expect((await client.response(long)).payload).toEqual({ status: "expired" });
});
