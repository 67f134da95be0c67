/** An answer that is JSON already, in pieces of its bytes. `Shape` is what they say. */
export class Prepared<Shape> {
  declare readonly shape?: Shape;
  readonly pieces: readonly Buffer[];

  constructor(pieces: readonly Buffer[]) {
    this.pieces = pieces;
  }
}
