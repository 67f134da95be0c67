/** A frame as it passes the proxy: what faults look at and change. */
export interface Frame {
  readonly type: string;
  readonly id?: unknown;
  readonly method?: string;
  readonly ok?: boolean;
  readonly event?: string;
  readonly payload?: unknown;
  readonly error?: unknown;
  readonly seq?: number;
  readonly [member: string]: unknown;
}

export interface Close {
  readonly code: number;
  readonly reason: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the proxy knows when a frame passes. */
export interface Passing {
  /** The connection the frame belongs to: a key for state that is kept per connection. */
  readonly connection: object;
  /** The method that a response answers. */
  readonly method: string | undefined;
  /** The params of the request that a response answers. */
  readonly params: unknown;
  /** How often the gateway was started again. */
  readonly restarts: number;
}

/** One seeded fault. What is not defined passes untouched. */
export interface Fault {
  /** The frames that the client gets instead of this one. */
  toClient?(frame: Frame, passing: Passing): readonly Frame[];
  /** The frames that the gateway gets instead of this one. */
  toGateway?(frame: Frame, passing: Passing): readonly Frame[];
  close?(close: Close): Close;
  http?(answer: HttpAnswer, path: string): HttpAnswer;
}

export interface Saboteur {
  readonly id: string;
  /** What it does wrong, as a sentence without a subject. */
  readonly does: string;
  /** The scenario that must notice. */
  readonly scenario: string;
  /** Ids of checks of that scenario, of which at least one must fail; without the scenario's name. */
  readonly caughtBy: RegExp;
  /** A fault for one run, with its own state. */
  fault(): Fault;
}

/** The payload as a record; an empty one when it is none. */
export function payloadOf(frame: Frame): Readonly<Record<string, unknown>> {
  return recordOf(frame.payload);
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A fault in the good answers to one method. */
export function inAnswer(
  method: string,
  change: (payload: Readonly<Record<string, unknown>>, passing: Passing) => unknown,
): Fault {
  return {
    toClient: (frame, passing) =>
      frame.type === "res" && frame.ok === true && passing.method === method
        ? [{ ...frame, payload: change(payloadOf(frame), passing) }]
        : [frame],
  };
}

/** A fault in refusals, of one method or of any. */
export function inRefusal(
  change: (error: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
  method?: string,
): Fault {
  return {
    toClient: (frame, passing) =>
      frame.type === "res" && frame.ok === false && (method === undefined || passing.method === method)
        ? [{ ...frame, error: change(recordOf(frame.error)) }]
        : [frame],
  };
}

/** A fault in one kind of event; `instead` may hold it back, double it, or send others. */
export function inEvent(event: string, instead: (frame: Frame, passing: Passing) => readonly Frame[]): Fault {
  return {
    toClient: (frame, passing) =>
      frame.type === "event" && frame.event === event ? instead(frame, passing) : [frame],
  };
}

/** Events keep rising without gaps, so that only the fault itself is there to be noticed. */
export function renumbered(fault: Fault): Fault {
  const last = new WeakMap<object, number>();
  return {
    ...fault,
    toClient: (frame, passing) =>
      (fault.toClient?.(frame, passing) ?? [frame]).map((out) => {
        if (out.type !== "event" || out.seq === undefined) return out;
        const seq = (last.get(passing.connection) ?? 0) + 1;
        last.set(passing.connection, seq);
        return { ...out, seq };
      }),
  };
}
