import type { Static, TSchema } from "@sinclair/typebox";

/** Scopes an operator connection can hold. Unknown strings are granted verbatim but open nothing. */
export type OperatorScope =
  | "operator.admin"
  | "operator.approvals"
  | "operator.pairing"
  | "operator.questions"
  | "operator.read"
  | "operator.sessions.read"
  | "operator.sessions.write"
  | "operator.talk"
  | "operator.write";

/** The kind of peer behind a connection. */
export type Role = "operator" | "node" | "worker";

/**
 * Who may call a method: one scope, `none` (any connected operator), `any` (nodes as well, such as `health`), `node`
 * (connections of role node only), or a function of the checked-for-nothing params where the reference decides per
 * call.
 */
export type Access =
  | OperatorScope
  | "any"
  | "none"
  | "node"
  | ((params: unknown, scopes: readonly string[]) => OperatorScope);

/** What the protocol says about one method, and all it says. */
export interface MethodContract<P extends TSchema = TSchema, R extends TSchema = TSchema> {
  /** The wire name, for example `sessions.list`. */
  readonly method: string;
  readonly access: Access;
  /** True when calling it twice is not the same as calling it once. */
  readonly sideEffects: boolean;
  /** True when the method counts against the control-plane write limit. */
  readonly isControlPlaneWrite?: boolean;
  /** True when a refusal of params does not say what is wrong with them. */
  readonly isTerse?: boolean;
  /** What a refusal of params says instead, where it says the same whatever is wrong. */
  readonly paramsRefusal?: string;
  /** `null` where the reference checks nothing: any object is taken, unknown properties are ignored. */
  readonly params: P | null;
  readonly result: R;
}

/** What the protocol says about one event. */
export interface EventContract<P extends TSchema = TSchema> {
  readonly event: string;
  /** The scope a connection needs to receive it; `none` reaches every operator and node. */
  readonly scope: OperatorScope | "none";
  readonly payload: P;
}

export type ParamsOf<C> = C extends { readonly params: infer P extends TSchema }
  ? Static<P>
  : Record<string, unknown>;
export type ResultOf<C> = C extends { readonly result: infer R extends TSchema } ? Static<R> : never;
export type PayloadOf<C> = C extends { readonly payload: infer P extends TSchema } ? Static<P> : never;

/** Declares a method. The identity function: it exists so that types are inferred and every contract reads the same. */
export function contract<const C extends MethodContract>(declaration: C): C {
  return declaration;
}

/** Declares an event. */
export function event<const C extends EventContract>(declaration: C): C {
  return declaration;
}
