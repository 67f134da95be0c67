import { ANSWER_FAULTS } from "./answer-faults.ts";
import { BORDER_FAULTS } from "./border-faults.ts";
import { EVENT_FAULTS } from "./event-faults.ts";
import type { Saboteur } from "./fault.ts";

/** Every faulty gateway. The referee must catch each by a check of its own; 100 % or the run is red. */
export const SABOTEURS: readonly Saboteur[] = [...ANSWER_FAULTS, ...EVENT_FAULTS, ...BORDER_FAULTS];
