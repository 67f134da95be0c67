import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Ids } from "../../platform/ids.ts";
import { type WizardScript, WizardSession, type WizardState, type WizardStep } from "./session.ts";

export {
  type Prompter,
  WizardCancelled,
  type WizardOption,
  type WizardScript,
  type WizardState,
  type WizardStep,
} from "./session.ts";

/** What came of a step. */
export interface Progress extends WizardState {
  readonly done: boolean;
  readonly step?: WizardStep;
}

/** The wizard that is walked through now: there is at most one, because each of them changes the configuration. */
export interface Wizards {
  /** Begins one; refuses while another goes on. Does not wait for its first step. */
  begin(script: WizardScript, options?: { readonly sessionId?: string; readonly isKept?: boolean }): string;
  /** The step that waits, after the answer to the one before it if there is one. */
  next(sessionId: string, answer?: { readonly stepId: string; readonly value?: unknown }): Promise<Progress>;
  status(sessionId: string): WizardState;
  cancel(sessionId: string, isInputClosed: boolean): WizardState;
}

/** Wizards that ended and of which nobody asked how. */
const ENDED_MAX = 8;

export function createWizards(ids: Ids): Wizards {
  const sessions = new Map<string, WizardSession>();
  const find = (sessionId: string): WizardSession => {
    const session = sessions.get(sessionId);
    if (session !== undefined) return session;
    throw invalidRequest("wizard not found", { details: { code: "WIZARD_NOT_FOUND" } });
  };
  /** How it ended is told once. */
  const told = (session: WizardSession): void => {
    if (session.state.status !== "running") sessions.delete(session.id);
  };
  return {
    begin(script, { sessionId = ids.uuid(), isKept = true } = {}) {
      if ([...sessions.values()].some(({ state }) => state.status === "running")) {
        throw new ProtocolError(
          "UNAVAILABLE",
          "OpenClaw setup is already in progress; try again when it finishes.",
          { details: { code: "SETUP_ADMISSION_BUSY" } },
        );
      }
      const [oldest] = sessions.keys();
      if (sessions.size >= ENDED_MAX && oldest !== undefined) sessions.delete(oldest);
      sessions.set(sessionId, new WizardSession({ id: sessionId, ids, script, isKept }));
      return sessionId;
    },
    async next(sessionId, answer) {
      const session = find(sessionId);
      if (answer !== undefined && session.state.status === "running") {
        session.answer(answer.stepId, answer.value);
      }
      const { status, error, modelActivation, step } = await session.next();
      told(session);
      return {
        done: status !== "running",
        ...(step === undefined ? {} : { step }),
        status,
        ...(error === undefined ? {} : { error }),
        ...(modelActivation === undefined ? {} : { modelActivation }),
      };
    },
    status(sessionId) {
      const session = find(sessionId);
      const { state } = session;
      told(session);
      return state;
    },
    cancel(sessionId, isInputClosed) {
      const session = find(sessionId);
      session.end(
        isInputClosed
          ? { status: "error", error: "The setup window was closed." }
          : { status: "cancelled", error: "cancelled" },
      );
      if (!session.isKept) told(session);
      return session.state;
    },
  };
}
