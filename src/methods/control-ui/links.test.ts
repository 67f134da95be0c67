import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[LK1] [LK3] what a page asks about is named in full, and is public", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const refusal = async (method: string, params: object) => (await client.call(method, params)).error.message;
  const issue = { kind: "issue", owner: "a", repo: "b", number: 1 };

  for (const method of ["controlUi.githubPreview", "controlUi.githubDetail"]) {
    expect(await refusal(method, { ...issue, number: "1" })).toBe(`invalid ${method} params`);
    expect(await refusal(method, { ...issue, agentId: "nope" })).toBe('unknown agent id "nope"');
  }
  for (const url of [`http://127.0.0.1:${gateway.port}/`, "https://10.0.0.1/", "file:///etc/passwd", ""]) {
    expect(await refusal("controlUi.linkPreview", { url })).toBe("invalid controlUi.linkPreview params");
  }
  const odd = { url: "https://example.com/", more: 1 };
  expect(await refusal("controlUi.linkPreview", odd)).toBe("invalid controlUi.linkPreview params");
});
