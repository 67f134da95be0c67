/**
 * The same on both sides and in every run: some answers are derived from the token, and are then comparable.
 * They guard nothing but a loopback gateway that lives for a minute.
 */
export const TOKEN = "referee-shared-token-0123456789";
export const PASSWORD = "referee-shared-password-0123";
export const WRONG_TOKEN = "referee-wrong-token-00000000000";
