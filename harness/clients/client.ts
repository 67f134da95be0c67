import type { Gateway } from "../launch/gateway.ts";

/** What the fake model answers to everything, so that it can be looked for on a screen. */
export const REPLY = "The understudy knows the part.";

/** Plain values that a person could notice, the same on every gateway that does its job. */
export type Facts = Readonly<Record<string, unknown>>;

/** What a client is given to do its work with. */
export interface Place {
  readonly gateway: Gateway;
  /** The folder with the installed reference, whose clients these are. */
  readonly reference: string;
  /** The Node that runs them. */
  readonly node: string;
  /** A HOME whose `openclaw.json` leads to the gateway. */
  readonly home: string;
  /** Where screenshots and logs are left. */
  readonly outFolder: string;
}

/** One unmodified client, and the one conversation it has with a gateway. */
export interface RealClient {
  readonly name: string;
  /** Throws when the client did not get through; the message says where it stopped. */
  run(place: Place): Promise<Facts>;
}
