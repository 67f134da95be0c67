import { expect, test } from "vitest";
import { isForModel, recognise } from "./recognise.ts";

const verdict = (message: string, skills: readonly string[] = ["weather"]): string => {
  const command = recognise(message);
  if (command === undefined) return "message";
  return isForModel(command, skills) ? "message" : `${command.name}(${command.argument})`;
};

test.for([
  ["/status", "status()"],
  ["/STATUS", "status()"],
  ["/status: ", "status()"],
  ["  /id  ", "whoami()"],
  ["/t off", "think(off)"],
  ["/verbose: on", "verbose(on)"],
  ["/verbose bogus", "verbose(bogus)"],
  ["/queue steer debounce:2s cap:5", "queue(steer debounce:2s cap:5)"],
  ["/model mock/one -s", "model(mock/one -s)"],
  ["/tasks x", "tasks(x)"],
  ["/export-session a.html", "export-session(a.html)"],
  ["/goal pause", "goal(pause)"],
  ["/skill nope", "skill(nope)"],
  ["/config show", "config(show)"],
] as const)("[CH17] %s is the command %s", ([message, expected]) => {
  expect(verdict(message)).toBe(expected);
});

test.for([
  "hello /status there",
  "//status",
  "/ status",
  "/unknown x",
  "/help me",
  "/whoami x",
  "/stop now",
  "/verbose on please do it",
  "/think off tell me a joke",
  "/queue collect hello",
  "/model mock/one and then hello",
  "/skill weather hi",
  "/steer hello",
  "/new hello there",
  "/learn",
  "/weather",
])("[CH17] %s is a message", (message) => {
  expect(verdict(message)).toBe("message");
});
