/** Of gateways that are launched here: they guard nothing but a loopback port that lives for a minute. */
export const TOKEN = "referee-shared-token-0123456789";
export const PASSWORD = "referee-shared-password-0123";
export const WRONG_TOKEN = "referee-wrong-token-00000000000";
