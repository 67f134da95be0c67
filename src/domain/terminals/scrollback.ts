/** The last things a terminal printed, whole pieces, up to a number of characters. */
export interface Scrollback {
  add(piece: string): void;
  text(): string;
}

export function createScrollback(charsMax: number): Scrollback {
  const pieces: string[] = [];
  let chars = 0;
  return {
    add(piece) {
      pieces.push(piece);
      chars += piece.length;
      // The last piece stays, cut to size, however long it is.
      while (pieces.length > 1 && chars > charsMax) chars -= pieces.shift()?.length ?? 0;
      if (chars > charsMax) {
        pieces.splice(0, pieces.length, piece.slice(-charsMax));
        chars = charsMax;
      }
    },
    text: () => pieces.join(""),
  };
}
