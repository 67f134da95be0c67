import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Ids } from "../../platform/ids.ts";

/** A choice of a `select` or `multiselect` step. */
export interface WizardOption {
  readonly value: unknown;
  readonly label: string;
  readonly hint?: string;
}

/** One question, as a client shows it. */
export interface WizardStep {
  readonly type: "note" | "confirm" | "select" | "multiselect" | "text";
  readonly title?: string;
  readonly message?: string;
  readonly options?: WizardOption[];
  readonly initialValue?: unknown;
  readonly placeholder?: string;
  readonly sensitive?: boolean;
  readonly executor: "client";
  readonly id: string;
}

export type WizardStatus = "running" | "done" | "cancelled" | "error";

export interface WizardState {
  readonly status: WizardStatus;
  readonly error?: string;
}

/** What a step says, before it has an id. */
type Question = Omit<WizardStep, "id" | "executor">;

/** How a wizard's script talks to whoever set it going. Each call waits for the answer. */
export interface Prompter {
  note(title: string, message: string): Promise<void>;
  ask(question: Question): Promise<unknown>;
}

export type WizardScript = (prompter: Prompter, signal: AbortSignal) => Promise<void>;

/** Thrown by a script that the person gave up, with the reason. */
export class WizardCancelled extends Error {
  override readonly name = "WizardCancelled";
}

interface Pending {
  readonly step: WizardStep;
  readonly answer: (value: unknown) => void;
}

/** One wizard that is walked through: its script goes on as its steps are answered. */
export class WizardSession {
  readonly id: string;
  readonly isKept: boolean;
  readonly #ids: Ids;
  readonly #ended = new AbortController();
  #state: WizardState = { status: "running" };
  #pending: Pending | undefined;
  #changed = Promise.withResolvers<void>();

  /** `isKept`: who gave it up may ask once more what became of it. */
  constructor(options: { id: string; ids: Ids; script: WizardScript; isKept: boolean }) {
    this.id = options.id;
    this.isKept = options.isKept;
    this.#ids = options.ids;
    void this.#run(options.script);
  }

  get state(): WizardState {
    return this.#state;
  }

  /** The step that waits for an answer, or how it ended; waits while the script is busy. */
  async next(): Promise<WizardState & { readonly step?: WizardStep }> {
    while (this.#state.status === "running" && this.#pending === undefined) await this.#changed.promise;
    return this.#pending === undefined ? this.#state : { ...this.#state, step: this.#pending.step };
  }

  answer(stepId: string, value: unknown): void {
    const pending = this.#pending;
    if (pending?.step.id !== stepId) throw invalidRequest("Error: wizard: no pending step");
    this.#pending = undefined;
    pending.answer(value);
  }

  /** Ends it before its script does. */
  end(state: WizardState): void {
    if (this.#state.status !== "running") return;
    this.#state = state;
    this.#pending = undefined;
    this.#ended.abort();
    this.#tell();
  }

  async #run(script: WizardScript): Promise<void> {
    const prompter: Prompter = {
      note: async (title, message) => void (await this.#ask({ type: "note", title, message })),
      ask: (question) => this.#ask(question),
    };
    try {
      await script(prompter, this.#ended.signal);
      this.end({ status: "done" });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.end({ status: error instanceof WizardCancelled ? "cancelled" : "error", error: message });
    }
  }

  #ask(question: Question): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    // A script that is over asks nobody: what it waits for never comes.
    this.#ended.signal.addEventListener("abort", () => reject(new WizardCancelled("cancelled")), {
      once: true,
    });
    this.#pending = { step: { ...question, executor: "client", id: this.#ids.uuid() }, answer: resolve };
    this.#tell();
    return promise;
  }

  #tell(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}
