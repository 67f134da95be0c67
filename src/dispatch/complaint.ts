/** A JSON schema, as TypeBox writes it. */
export type Schema = Readonly<Record<string, unknown>> | boolean;
export type Node = Readonly<Record<string, unknown>>;

/** One thing that is wrong with a value, and where. */
export interface Complaint {
  readonly path: string;
  readonly text: string;
  /** Which closed object it is about: the complaint about the object swallows those about its members. */
  readonly closed?: { readonly schema: Node; readonly path: string; readonly isMember: boolean };
}

/** Notes a complaint; the value is wrong. */
export function complain(found: Complaint[], path: string, text: string): false {
  found.push({ path, text });
  return false;
}
