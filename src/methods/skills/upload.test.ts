import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

/** A ZIP archive of files that are stored as they are. */
function zip(files: Readonly<Record<string, string>>): Buffer {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [title, content] = [Buffer.from(name), Buffer.from(text)];
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt32LE(content.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(title.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(content.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(title.length, 28);
    entry.writeUInt32LE(offset, 42);
    bodies.push(local, title, content);
    entries.push(entry, title);
    offset += local.length + title.length + content.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, directory, end]);
}

async function open() {
  const config = { skills: { install: { allowUploadedArchives: true } } };
  const gateway = await openTestGateway({ config });
  const client = await gateway.connect();
  const upload = async (archive: Buffer, slug: string): Promise<string> => {
    const begun = await client.call("skills.upload.begin", {
      kind: "skill-archive",
      slug,
      sizeBytes: archive.length,
    });
    const uploadId = String(begun.payload["uploadId"]);
    const dataBase64 = archive.toString("base64");
    await client.call("skills.upload.chunk", { uploadId, offset: 0, dataBase64 });
    await client.call("skills.upload.commit", { uploadId });
    return uploadId;
  };
  const install = async (archive: Buffer, slug: string, more = {}) => {
    const uploadId = await upload(archive, slug);
    return client.call("skills.install", { source: "upload", uploadId, slug, ...more });
  };
  return { gateway, client, upload, install };
}

const SKILL = "---\nname: up\ndescription: d\n---\n";

test.for([
  "begin",
  "chunk",
  "commit",
])("[SK8] skills.upload.%s is refused before its params are looked at", async (step) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { error } = await client.call(`skills.upload.${step}`, {});
  expect(error).toMatchObject({
    code: "UNAVAILABLE",
    message: "Uploaded skill archive installs are disabled by skills.install.allowUploadedArchives",
  });
});

test("[SK17] an archive is installed into the workspace, and over another only when that is wished", async () => {
  const { gateway, install } = await open();
  await using _gateway = gateway;
  const archive = zip({ "up/SKILL.md": SKILL, "up/references/a.md": "A" });
  const sha256 = createHash("sha256").update(archive).digest("hex");

  const { payload } = await install(archive, "up");
  const again = await install(archive, "up");
  const forced = await install(archive, "up", { force: true });

  expect(payload).toMatchObject({ ok: true, message: "Installed up", slug: "up", sha256 });
  const targetDir = String(payload["targetDir"]);
  expect(await readFile(path.join(targetDir, "references", "a.md"), "utf8")).toBe("A");
  expect(again.error.message).toBe(`Skill already exists at ${targetDir}. Re-run with force/update.`);
  expect(forced.payload).toMatchObject({ ok: true });
});

test.for([
  [{ "../evil.md": "x", "SKILL.md": SKILL }, "archive entry escapes destination: ../evil.md"],
  [{ "/abs.md": "x", "SKILL.md": SKILL }, "archive entry escapes destination: /abs.md"],
  [{ "a.md": "x" }, "archive is missing SKILL.md"],
] as const)("[SK18] an archive that is none, or leads elsewhere, is refused: %#", async ([files, reason]) => {
  const { gateway, install } = await open();
  await using _gateway = gateway;
  const { error, payload } = await install(zip(files), "up");
  expect(error).toMatchObject({ code: "INVALID_REQUEST", message: expect.stringContaining(reason) });
  expect(payload).toMatchObject({ ok: false, errorCode: "INVALID_REQUEST" });
});

test("[SK19] pieces come in their order, as many as were announced, and for one skill", async () => {
  const { gateway, client, upload } = await open();
  await using _gateway = gateway;
  const begin = { kind: "skill-archive", slug: "up", sizeBytes: 4, idempotencyKey: "k" };
  const { payload } = await client.call("skills.upload.begin", begin);
  const { uploadId } = payload;
  const refused = async (method: string, params: Record<string, unknown>) =>
    (await client.call(method, { uploadId, ...params })).error.message;
  const finished = await upload(zip({ "SKILL.md": SKILL }), "up");

  expect((await client.call("skills.upload.begin", begin)).payload).toEqual(payload);
  expect((await client.call("skills.upload.begin", { ...begin, slug: "other" })).error.message).toBe(
    "idempotencyKey conflicts with a different upload",
  );
  expect(await refused("skills.upload.chunk", { offset: 2, dataBase64: "AA==" })).toBe(
    "upload offset mismatch: expected 0, got 2",
  );
  expect(await refused("skills.upload.chunk", { offset: 0, dataBase64: "AAAAAAAA" })).toBe(
    "upload chunk exceeds declared size",
  );
  expect(await refused("skills.upload.commit", {})).toBe("upload size mismatch: expected 4, got 0");
  expect(await refused("skills.install", { source: "upload", slug: "up" })).toBe("upload is not committed");
  const other = await client.call("skills.install", { source: "upload", uploadId: finished, slug: "other" });
  expect(other.error.message).toBe("install slug does not match upload slug");
});
