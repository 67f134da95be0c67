/** Finds the line of a key in a JSON5 text. Undefined when the text does not have it. */
export function lineOf(text: string, keys: readonly string[]): number | undefined {
  const offset = new Scanner(text).find(keys);
  if (offset === undefined) return undefined;
  let line = 1;
  for (let index = 0; index < offset; index++) if (text[index] === "\n") line++;
  return line;
}

/** Walks the text token by token; it was parsed before, so what it meets is well formed. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The offset of the last key (or item) of the path. */
  find(keys: readonly string[]): number | undefined {
    this.#skipSpace();
    const [key, ...rest] = keys;
    if (key === undefined) return this.#at;
    const open = this.#text[this.#at];
    if (open === "{") return this.#findMember(key, rest);
    if (open === "[") return this.#findItem(Number(key), rest);
    return undefined;
  }

  #findMember(wanted: string, rest: readonly string[]): number | undefined {
    this.#at++;
    for (;;) {
      this.#skipSpace();
      if (this.#at >= this.#text.length || this.#text[this.#at] === "}") return undefined;
      const start = this.#at;
      const key = this.#readKey();
      this.#skipSpace();
      this.#at++;
      if (key === wanted) return rest.length === 0 ? start : this.find(rest);
      this.#skipValue();
      this.#skipComma();
    }
  }

  #findItem(wanted: number, rest: readonly string[]): number | undefined {
    this.#at++;
    for (let index = 0; ; index++) {
      this.#skipSpace();
      if (this.#at >= this.#text.length || this.#text[this.#at] === "]") return undefined;
      if (index === wanted) return this.find(rest);
      this.#skipValue();
      this.#skipComma();
    }
  }

  #skipComma(): void {
    this.#skipSpace();
    if (this.#text[this.#at] === ",") this.#at++;
  }

  #skipSpace(): void {
    const blank = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
    blank.lastIndex = this.#at;
    blank.exec(this.#text);
    this.#at = blank.lastIndex;
  }

  #readKey(): string {
    const quote = this.#text[this.#at];
    const start = this.#at;
    if (quote === '"' || quote === "'") {
      this.#skipString(quote);
      return this.#text.slice(start + 1, this.#at - 1);
    }
    while (this.#at < this.#text.length && !/[\s:]/.test(this.#text[this.#at] ?? ":")) this.#at++;
    return this.#text.slice(start, this.#at);
  }

  #skipString(quote: string): void {
    this.#at++;
    while (this.#at < this.#text.length && this.#text[this.#at] !== quote) {
      this.#at += this.#text[this.#at] === "\\" ? 2 : 1;
    }
    this.#at++;
  }

  #skipValue(): void {
    let depth = 0;
    for (;;) {
      this.#skipSpace();
      const char = this.#text[this.#at];
      if (char === undefined) return;
      if (char === '"' || char === "'") {
        this.#skipString(char);
      } else if (char === "{" || char === "[") {
        depth++;
        this.#at++;
      } else if (char === "}" || char === "]") {
        if (depth === 0) return;
        depth--;
        this.#at++;
      } else if (char === "," && depth === 0) {
        return;
      } else {
        this.#at++;
      }
      if (depth === 0 && (char === "}" || char === "]" || char === '"' || char === "'")) return;
    }
  }
}
