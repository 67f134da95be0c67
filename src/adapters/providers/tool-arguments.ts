import { parseJson } from "../../platform/json.ts";

/** Characters of the arguments of one call that are kept; a longer text does not parse, and the tool says so. */
const ARGUMENT_CHARS_MAX = 4_000_000;

/** Arguments that came as text. What does not parse is handed on as it is: the tool then says what is wrong with it. */
export function argumentsFrom(json: string): unknown {
  if (json.trim() === "") return {};
  const kept = json.slice(0, ARGUMENT_CHARS_MAX);
  return parseJson(kept) ?? kept;
}
