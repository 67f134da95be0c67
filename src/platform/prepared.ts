/** An answer that is JSON already. `Shape` is what the text says. */
export class Prepared<Shape> {
  declare readonly shape?: Shape;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
