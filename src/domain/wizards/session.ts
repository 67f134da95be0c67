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
  readonly type: "note" | "confirm" | "select" | "multiselect" | "text" | "progress";
  readonly title?: string;
  readonly message?: string;
  readonly options?: WizardOption[];
  readonly initialValue?: unknown;
  readonly placeholder?: string;
  readonly sensitive?: boolean;
  /** Who does what the step says: a person, or the gateway, which goes on by itself. */
  readonly executor: "client" | "gateway";
  readonly id: string;
}

export type WizardStatus = "running" | "done" | "cancelled" | "error";

export interface WizardState {
  readonly status: WizardStatus;
  readonly error?: string;
  /** The model that is in force since, where that was the point. */
  readonly modelActivation?: { readonly modelRef: string };
}

/** What a step says, before it has an id. */
type Question = Omit<WizardStep, "id" | "executor">;

/** How a wizard's script talks to whoever set it going. Each call waits for the answer. */
export interface Prompter {
  note(title: string, message: string): Promise<void>;
  ask(question: Question): Promise<unknown>;
  /** Says what goes on meanwhile; nobody has to answer. */
  progress(message: string): void;
}

export type WizardScript = (prompter: Prompter, signal: AbortSignal) => Promise<Outcome | void>;

/** Thrown by a script that the person gave up, with the reason. */
export class WizardCancelled extends Error {
  override readonly name = "WizardCancelled";
}

interface Pending {
  readonly step: WizardStep;
  readonly answer?: (value: unknown) => void;
}

/** What a script may say of its end. */
export type Outcome = Pick<WizardState, "modelActivation">;

/** One wizard that is walked through: its script goes on as its steps are answered. */
export class WizardSession {
  readonly id: string;
  readonly isKept: boolean;
  readonly #ids: Ids;
  readonly #ended = new AbortController();
  #state: WizardState = { status: "running" };
  #pending: Pending | undefined;
  /** Steps that only told something: an answer to one is not wrong, and changes nothing. */
  readonly #told = new Set<string>();
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
    const shown = this.#pending;
    if (shown === undefined) return this.#state;
    // What goes on is told once; who asks again waits for what comes after it.
    if (shown.answer === undefined) this.#pending = undefined;
    return { ...this.#state, step: shown.step };
  }

  answer(stepId: string, value: unknown): void {
    const pending = this.#pending;
    if (this.#told.has(stepId)) return;
    if (pending?.answer === undefined || pending.step.id !== stepId) {
      throw invalidRequest("Error: wizard: no pending step");
    }
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
      progress: (message) => {
        const step: WizardStep = { id: this.#ids.uuid(), type: "progress", message, executor: "gateway" };
        this.#told.add(step.id);
        this.#pending = { step };
        this.#tell();
      },
    };
    try {
      const outcome = await script(prompter, this.#ended.signal);
      this.end({ status: "done", ...outcome });
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
