import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[LK1] only issues and pull requests have previews, and only agents that exist are asked for", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const refusal = async (method: string, params: object) => (await client.call(method, params)).error.message;
  const commit = { url: "https://github.com/a/b/commit/abcdef1" };
  const issue = { url: "https://github.com/a/b/issues/1" };

  expect(await refusal("github.preview", commit)).toBe("invalid github.preview params");
  expect(await refusal("github.preview", { ...issue, agentId: "nope" })).toBe('unknown agent id "nope"');
  expect(await refusal("github.preview", { ...issue, agentId: 5 })).toBe("invalid github.preview params");
  expect(await refusal("github.detail", { ...issue, refresh: 5 })).toBe("invalid github.detail params");
  expect(await refusal("github.image", issue)).toBe("invalid github.image params");
});
