import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { expect, test } from "vitest";
import { createTestClock } from "../../testing/clock.ts";
import { postForLines } from "./http.ts";

/** A service that breaks off some of its calls, counted from one, and tells the others their connection. */
async function fakeService(isBroken: (call: number) => boolean) {
  const sockets: Socket[] = [];
  let calls = 0;
  const server = createServer((incoming, outgoing) => {
    const { socket } = incoming;
    if (!sockets.includes(socket)) sockets.push(socket);
    calls += 1;
    if (isBroken(calls)) return void socket.destroy();
    incoming.resume().on("end", () => outgoing.end(`connection ${sockets.indexOf(socket) + 1}\nschön\n`));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const request = { url: `http://127.0.0.1:${port}/v1`, headers: {}, body: { text: "ü" } };
  const options = { settings: () => undefined, idleTimeoutMs: 5_000, clock: createTestClock() };
  return {
    get calls() {
      return calls;
    },
    async ask(): Promise<string[]> {
      const lines: string[] = [];
      for await (const line of postForLines(request, options, new AbortController().signal)) lines.push(line);
      return lines;
    },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

test("[RN50] calls of a service share a connection, and one that it has let go is made anew without a word", async () => {
  await using service = await fakeService((call) => call === 3);

  const answers = [await service.ask(), await service.ask(), await service.ask()];

  expect(answers.map(([first]) => first)).toEqual(["connection 1", "connection 1", "connection 2"]);
  expect(answers[2]?.[1]).toBe("schön");
  expect(service.calls).toBe(4);
});

test("[RN50] a call that breaks off on a connection of its own is a failure", async () => {
  await using service = await fakeService(() => true);

  await expect(service.ask()).rejects.toMatchObject({ name: "ProviderFailure", reason: "timeout" });
  expect(service.calls).toBe(1);
});
