import fc from "fast-check";
import { expect, test } from "vitest";
import { parseJson } from "./json.ts";

test("every JSON value comes back as it was", () => {
  fc.assert(
    fc.property(fc.json(), (text) => JSON.stringify(parseJson(text)) === JSON.stringify(JSON.parse(text))),
  );
});

test("text that is not JSON is undefined, whatever it is", () => {
  expect(["", "{", "undefined", "{'a':1}"].map(parseJson)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  fc.assert(fc.property(fc.string(), (text) => void parseJson(text)));
});
