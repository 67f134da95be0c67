export { createQuestions } from "./questions.ts";

export interface Question {
  readonly questionId: string;
  readonly header: string;
  readonly question: string;
  readonly options: readonly { readonly label: string }[];
  readonly multiSelect?: boolean;
  readonly isOther?: boolean;
  readonly isSecret?: boolean;
  readonly secretStore?: unknown;
}

/** What was chosen, by the id of the question. */
export interface Answers {
  readonly answers: Readonly<Record<string, readonly string[]>>;
}

export interface QuestionRecord {
  readonly id: string;
  readonly questions: readonly Question[];
  readonly agentId?: string;
  readonly sessionKey?: string;
  readonly runId?: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly status: "pending" | "answered" | "cancelled" | "expired";
  readonly answers?: Answers;
  readonly resolvedBy?: string;
}

/** What who waits is told. */
export interface QuestionState {
  readonly status: QuestionRecord["status"];
  readonly answers?: Answers;
  readonly resolutionId?: string;
}

export interface QuestionInput {
  readonly id?: string;
  readonly questions: readonly Question[];
  readonly agentId?: string;
  readonly sessionKey?: string;
  readonly runId?: string;
  readonly timeoutMs?: number;
}

/** Questions of agents and programs to whoever looks: asked once, answered once, gone when their time is over. */
export interface Questions {
  ask(input: QuestionInput, asker: { readonly isAdmin: boolean }): QuestionRecord;
  pending(): readonly QuestionRecord[];
  get(id: string): QuestionRecord;
  /** The end, or the state when this wait ran out before. */
  wait(id: string, timeoutMs: number | undefined): Promise<QuestionState>;
  answer(
    id: string,
    answers: Answers,
    by: { readonly resolvedBy?: string; readonly resolutionId?: string },
  ): QuestionState;
  cancel(id: string, by: { readonly resolvedBy?: string }): QuestionState;
}
