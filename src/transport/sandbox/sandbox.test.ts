import { expect, test } from "vitest";
import { sandboxPolicy } from "./policy.ts";
import { openSandbox } from "./server.ts";

test("[CA3] a page runs under what its address asks for, and cannot ask for more than sources", () => {
  const asks = { resourceDomains: ["https://esm.sh", "'unsafe-eval'", "https://a.b; script-src *"] };
  const policy = sandboxPolicy(Buffer.from(JSON.stringify(asks)).toString("base64url"));
  expect(policy).toContain("script-src 'self' 'unsafe-inline' https://esm.sh;");
  expect(policy).not.toContain("unsafe-eval");
  expect(policy).not.toContain("script-src *");
  expect(sandboxPolicy("nonsense")).toContain("connect-src 'none'");
});

test("[CA3] the sandbox answers for its page alone, and a port that is taken is no failure", async () => {
  const server = await openSandbox("127.0.0.1", 0);
  const address = server?.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const page = await fetch(`http://127.0.0.1:${port}/mcp-app-sandbox`);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
  expect(await openSandbox("127.0.0.1", port)).toBeUndefined();
  server?.close();
});
