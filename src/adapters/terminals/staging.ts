import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { POLICY } from "../../../schemas/policy.ts";
import type { Staging } from "../../domain/terminals/index.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import type { Clock } from "../../platform/clock.ts";

const FULL =
  "terminal upload staging limit reached (256 MiB or 64 files). Move or remove staged files, then retry, or wait for the 24-hour cleanup.";
const PREFIX = "openclaw-terminal-upload-";

/** Folders of the system's temporary folder, one for each file, for the eyes of this user only. */
export function createStaging(clock: Clock): Staging {
  // One upload after the other, so that two of them cannot both take the last place.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(run: () => Promise<Result>): Promise<Result> => {
    const done = last.then(run);
    last = done.catch(() => undefined);
    return done;
  };
  return {
    keep: (name, content) =>
      inTurn(async () => {
        const root = tmpdir();
        await checkRoom(root, clock.now(), content.length);
        const folder = await mkdtemp(path.join(root, PREFIX));
        await chmod(folder, 0o700);
        const file = path.join(folder, name);
        await writeFile(file, content, { mode: 0o600, flag: "wx" });
        clock.after(POLICY.terminalUploadKeptMs, () => void rm(folder, { recursive: true, force: true }));
        return { path: file, size: content.length };
      }),
  };
}

/** Forgets what is a day old, and refuses more than there is room for. */
async function checkRoom(root: string, now: number, bytes: number): Promise<void> {
  const names = (await readdir(root)).filter((name) => name.startsWith(PREFIX));
  let files = 0;
  let total = bytes;
  for (const name of names) {
    const folder = path.join(root, name);
    const kept = await sizeOf(folder);
    if (kept === undefined) continue;
    if (now - kept.at > POLICY.terminalUploadKeptMs) {
      await rm(folder, { recursive: true, force: true });
      continue;
    }
    files += kept.files;
    total += kept.bytes;
  }
  if (files >= POLICY.terminalStagedFilesMax || total > POLICY.terminalStagedBytesMax)
    throw new ProtocolError("UNAVAILABLE", FULL, { retryable: false });
}

async function sizeOf(folder: string): Promise<{ at: number; files: number; bytes: number } | undefined> {
  try {
    const { mtimeMs, uid } = await stat(folder);
    if (process.getuid !== undefined && uid !== process.getuid()) return undefined;
    const names = await readdir(folder);
    const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).size));
    return { at: mtimeMs, files: names.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  } catch {
    return undefined;
  }
}
