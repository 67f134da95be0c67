import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Documents } from "../documents/index.ts";

const SCOPE = "skill.uploads";
const LIFETIME_MS = 60 * 60 * 1_000;
const ARCHIVE_BYTES_MAX = 64 * 1_024 * 1_024;
/** Uploads that may be under way at once. */
const UPLOADS_MAX = 32;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Archives of skills that come in pieces, and wait for an hour to be installed. */
export interface Uploads {
  begin(archive: NewArchive): Promise<Received>;
  append(piece: { uploadId: string; offset: number; dataBase64: string }): Promise<Received>;
  commit(whole: { uploadId: string; sha256?: string }): Promise<Received & { sha256: string }>;
  /** Hands over a finished archive, which is then forgotten here, whatever becomes of it. */
  take(uploadId: string, slug: string): Promise<{ readonly bytes: Buffer; readonly sha256: string }>;
}

export interface NewArchive {
  readonly slug: string;
  readonly sizeBytes: number;
  readonly sha256?: string;
  readonly force?: boolean;
  readonly idempotencyKey?: string;
}

export interface Received {
  readonly uploadId: string;
  readonly receivedBytes: number;
  readonly expiresAt: number;
}

interface Upload extends Received {
  readonly archive: NewArchive;
  /** What was received hashes to, once everything was. */
  readonly committed?: string;
}

export interface UploadsParts {
  readonly documents: Documents;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Ids;
  readonly folder: string;
}

export function createUploads({ documents, clock, ids, folder }: UploadsParts): Uploads {
  let last: Promise<unknown> = Promise.resolve();

  function alone<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  }

  const fileOf = (uploadId: string): string => path.join(folder, `${uploadId}.zip`);
  const keep = (upload: Upload): Promise<void> => documents.write(SCOPE, upload.uploadId, upload);

  async function forget(uploadId: string): Promise<void> {
    await documents.write(SCOPE, uploadId, undefined);
    await rm(fileOf(uploadId), { force: true });
  }

  /** The uploads that still count; those whose hour is over go. */
  async function current(): Promise<readonly Upload[]> {
    const uploads: Upload[] = [];
    for (const name of await documents.names(SCOPE)) {
      // Only this noun writes the scope, in this very shape.
      const upload = (await documents.read(SCOPE, name)) as Upload;
      if (upload.expiresAt > clock.now()) uploads.push(upload);
      else await forget(name);
    }
    return uploads;
  }

  async function find(uploadId: string): Promise<Upload> {
    if (!UUID.test(uploadId)) throw invalidRequest("invalid uploadId");
    const upload = (await current()).find((one) => one.uploadId === uploadId);
    if (upload === undefined) throw invalidRequest(`upload not found: ${uploadId}`);
    return upload;
  }

  return {
    begin: (archive) =>
      alone(async () => {
        checkSlug(archive.slug);
        if (archive.sizeBytes > ARCHIVE_BYTES_MAX) {
          throw invalidRequest("skill archive exceeds maximum upload size");
        }
        const uploads = await current();
        const known = uploads.find(
          (one) =>
            archive.idempotencyKey !== undefined && one.archive.idempotencyKey === archive.idempotencyKey,
        );
        if (known !== undefined) {
          if (JSON.stringify(known.archive) === JSON.stringify(factsOf(archive))) return received(known);
          throw invalidRequest("idempotencyKey conflicts with a different upload");
        }
        if (uploads.length >= UPLOADS_MAX) throw invalidRequest("too many active skill uploads");
        const upload: Upload = {
          uploadId: ids.uuid(),
          receivedBytes: 0,
          expiresAt: clock.now() + LIFETIME_MS,
          archive: factsOf(archive),
        };
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(fileOf(upload.uploadId), "", { mode: 0o600 });
        await keep(upload);
        return received(upload);
      }),
    append: ({ uploadId, offset, dataBase64 }) =>
      alone(async () => {
        const upload = await find(uploadId);
        const bytes = Buffer.from(dataBase64, "base64");
        if (bytes.toString("base64").replace(/=+$/, "") !== dataBase64.replace(/=+$/, "")) {
          throw invalidRequest("invalid dataBase64");
        }
        if (upload.committed !== undefined) throw invalidRequest("upload is already committed");
        if (offset !== upload.receivedBytes) {
          throw invalidRequest(`upload offset mismatch: expected ${upload.receivedBytes}, got ${offset}`);
        }
        const receivedBytes = offset + bytes.length;
        if (receivedBytes > upload.archive.sizeBytes) {
          throw invalidRequest("upload chunk exceeds declared size");
        }
        await appendFile(fileOf(uploadId), bytes);
        const next = { ...upload, receivedBytes };
        await keep(next);
        return received(next);
      }),
    commit: ({ uploadId, sha256 }) =>
      alone(async () => {
        const upload = await find(uploadId);
        const { sizeBytes, sha256: announced } = upload.archive;
        if (upload.receivedBytes !== sizeBytes) {
          throw invalidRequest(`upload size mismatch: expected ${sizeBytes}, got ${upload.receivedBytes}`);
        }
        const hash = createHash("sha256")
          .update(await readFile(fileOf(uploadId)))
          .digest("hex");
        const isOther = (wanted: string | undefined) => wanted !== undefined && wanted.toLowerCase() !== hash;
        if (isOther(announced) || isOther(sha256)) throw invalidRequest("upload sha256 mismatch");
        await keep({ ...upload, committed: hash });
        return { ...received(upload), sha256: hash };
      }),
    take: (uploadId, slug) =>
      alone(async () => {
        const { archive, committed } = await find(uploadId);
        if (committed === undefined) throw invalidRequest("upload is not committed");
        const bytes = await readFile(fileOf(uploadId));
        await forget(uploadId);
        if (archive.slug !== slug) throw invalidRequest("install slug does not match upload slug");
        return { bytes, sha256: committed };
      }),
  };
}

export function checkSlug(slug: string): void {
  if (!/^[a-z0-9][a-z0-9._-]{0,127}$/.test(slug)) throw invalidRequest(`Invalid skill slug: ${slug}`);
}

function factsOf({ slug, sizeBytes, sha256, force, idempotencyKey }: NewArchive): NewArchive {
  return {
    slug,
    sizeBytes,
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(force === undefined ? {} : { force }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
}

function received({ uploadId, receivedBytes, expiresAt }: Upload): Received {
  return { uploadId, receivedBytes, expiresAt };
}
