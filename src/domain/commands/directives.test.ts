import { expect, test } from "vitest";
import { directivesOf } from "./directives.ts";

test.for([
  ["please /think off now", "please now", "think(off)"],
  ["/think off hello", "hello", "think(off)"],
  ["/think bogus hello there", "bogus hello there", "think()"],
  ["x /think y", "x", "think(y)"],
  ["x /think default y", "x default y", "think()"],
  ["x /think: low y", "x y", "think(low)"],
  ["/think:off hello", "hello", "think(off)"],
  ["please /v on", "please", "verbose(on)"],
  ["please /verbose bogus now", "please bogus now", "verbose()"],
  ["hi /verbose", "hi", "verbose()"],
  ["line one\n/think off\nline two", "line one\nline two", "think(off)"],
  ["/think off\nhello", "hello", "think(off)"],
  ["x /think off /verbose on y", "x y", "think(off) verbose(on)"],
  ["/think off /verbose on", "", "think(off) verbose(on)"],
  ["/model mock/two -s hello", "hello", "model(mock/two -s)"],
  ["x /queue followup debounce:2s y", "x y", "queue(followup debounce:2s)"],
  ["x /exec host=gateway y", "x y", "exec(host=gateway)"],
  ["x /exec y", "x y", "exec()"],
  ["hello /status there", "hello there", "status()"],
  ["/help me", "me", "help()"],
  ["hey /id x", "hey x", "whoami()"],
  ["path /usr/think off", "path /usr/think off", ""],
  ["http://x/think off", "http://x/think off", ""],
  ["`/think off` code", "`/think off` code", ""],
  ["a /usage full b", "a /usage full b", ""],
  ["  two  spaces", "  two  spaces", ""],
] as const)("[CH17] %j is %j for the model", ([message, text, told]) => {
  const { found, text: left } = directivesOf(message);
  expect(left).toBe(text);
  expect(found.map(({ name, argument }) => `${name}(${argument})`).join(" ")).toBe(told);
});
