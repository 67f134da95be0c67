import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test("[CA1] a page that was stored to be run is shown apart; any other is unavailable", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const store = async (docId: string, manifest: object) => {
    const folder = path.join(gateway.stateDir, "canvas", "documents", docId);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "index.html"), "<p>Hello</p>");
    await writeFile(path.join(folder, "manifest.json"), JSON.stringify(manifest));
    return folder;
  };
  await store("cv_run", { localEntrypoint: "index.html", cspSandbox: "scripts" });
  await store("cv_still", { localEntrypoint: "index.html" });
  const out = await store("cv_out", { localEntrypoint: "link.html", cspSandbox: "scripts" });
  await symlink(path.join(gateway.stateDir, "openclaw.json"), path.join(out, "link.html"));
  const view = (docId: string) => client.call("canvas.document.view", { docId });

  expect((await view("cv_run")).payload).toMatchObject({
    html: "<p>Hello</p>",
    sandboxUrl: expect.stringMatching(/^\/mcp-app-sandbox\?csp=[\w-]+&v=[0-9a-f]{64}$/),
    sandboxPort: gateway.port + 1,
  });
  for (const docId of ["cv_still", "cv_out", "cv_none"]) {
    expect((await view(docId)).error).toMatchObject({ code: "UNAVAILABLE" });
  }
  expect((await view("..")).error.message).toContain("must match pattern");
});

test("[CA2] a page that a client holds comes back as it is", async () => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { payload } = await client.call("canvas.document.preview", { html: "<b>x</b>" });
  expect(payload["html"]).toBe("<b>x</b>");
  const csp = new URL(`http://x${String(payload["sandboxUrl"])}`).searchParams.get("csp") ?? "";
  expect(JSON.parse(Buffer.from(csp, "base64url").toString())).toEqual({ blockDescendantFrames: true });
});
