import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";

export { createOwner, type Owner, type Profile } from "./owner.ts";

/*
 * A user profile belongs to a person, and is made when somebody signs in under a name of their own. This gateway knows
 * secrets and devices, and one person: its owner, who sits at the Control UI. What needs another person says so.
 */

export function noSuchProfile(profileId: string): ProtocolError {
  return invalidRequest(`user profile not found: ${profileId}`);
}

/** What a caller is told who would have to be a person. */
export type PersonalMatter = keyof typeof REFUSALS;

const REFUSALS = {
  self: "users.self requires an authenticated user",
  accounts: "This account action requires a current authorized connection; reconnect and try again.",
  github: "My GitHub requires a current authenticated human Gateway connection.",
  mentions: "Human mentions require a verified user profile. Sign in to use mentions.",
} as const;

export function requiresPerson(matter: PersonalMatter): ProtocolError {
  return new ProtocolError("FORBIDDEN", REFUSALS[matter]);
}
