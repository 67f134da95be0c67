import type { Tape } from "../tape/tape.ts";
import type { Exit } from "./process.ts";

/** What a scenario may do to the process and its files; absent when the gateway is somebody else's. */
export interface GatewayControl {
  restart(): Promise<void>;
  stop(): Promise<Exit>;
  kill(): Promise<Exit>;
  start(): Promise<void>;
  readonly configFile: string;
  /** The exit of the process when it has gone by itself. */
  readonly exit: Exit | undefined;
  readonly logTail: string;
}

/** A gateway under test, whoever started it. */
export interface Gateway {
  readonly name: string;
  readonly url: string;
  readonly httpUrl: string;
  readonly port: number;
  readonly token: string;
  readonly password: string;
  /** Unknown for a gateway that somebody else started. */
  readonly home: string | undefined;
  readonly tape: Tape;
  readonly startedInMs: number | undefined;
  readonly control: GatewayControl | undefined;
  [Symbol.asyncDispose](): Promise<void>;
}
