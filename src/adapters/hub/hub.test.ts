import { expect, test } from "vitest";
import { systemClock } from "../../platform/clock.ts";
import { createClawHub } from "./index.ts";

const limits = { knockTimeoutMs: 1_000, freshMs: 60_000, answerTimeoutMs: 1_000, answerCharsMax: 100 };

function open(answer: () => Response) {
  const asked: string[] = [];
  const hub = createClawHub({
    baseUrl: "https://hub.test",
    clock: systemClock,
    limits,
    fetch: async (url) => {
      asked.push(String(url instanceof Request ? url.url : url));
      return answer();
    },
  });
  return { hub, asked };
}

const down = (): never => {
  throw new TypeError("fetch failed", {
    cause: Object.assign(new Error("getaddrinfo ENOTFOUND hub.test"), { code: "ENOTFOUND" }),
  });
};

test("a hub that cannot be reached is told with its causes, for plugins and for skills", async () => {
  const { hub, asked } = open(down);
  const chain = "fetch failed | getaddrinfo ENOTFOUND hub.test | ENOTFOUND";

  expect(await hub.failure()).toEqual({ chain, cause: "getaddrinfo ENOTFOUND hub.test" });
  await hub.failure();
  expect(asked).toEqual(["https://hub.test/"]);
  await expect(hub.detail("a/b")).rejects.toMatchObject({ code: "UNAVAILABLE", message: chain });
  expect(asked.at(-1)).toBe("https://hub.test/api/v1/skills/a%2Fb");
});

test("skills are searched, and an answer that is none or too much is refused", async () => {
  expect(await open(() => new Response('{"results":[]}')).hub.search("cal", 3)).toEqual({ results: [] });
  await expect(open(() => new Response("x".repeat(101))).hub.search("a", 1)).rejects.toThrow("too large");
  await expect(open(() => new Response("no", { status: 404 })).hub.detail("a")).rejects.toThrow(
    "ClawHub /api/v1/skills/a failed (404): no",
  );
});
