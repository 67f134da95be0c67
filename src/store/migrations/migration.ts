/** One forward-only step of the schema. A step that was released is never edited: a later one corrects it. */
export interface Migration {
  /** Ordered by this; never reused. */
  readonly id: number;
  readonly name: string;
  readonly sql: string;
}
