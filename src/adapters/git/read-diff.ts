interface FileStatus {
  readonly path: string;
  readonly status: string;
  readonly oldPath?: string;
}

interface Numbers {
  readonly additions: number;
  readonly deletions: number;
  readonly binary: boolean;
}

const STATUS: Readonly<Record<string, string>> = { A: "added", D: "deleted", R: "renamed", C: "copied" };

/** `git diff --name-status -z`: a letter, then a path; after a rename or copy the old one before the new one. */
export function readStatus(text: string): FileStatus[] {
  const parts = text.split("\0");
  const files: FileStatus[] = [];
  for (let at = 0; at + 1 < parts.length; ) {
    const letter = parts[at]?.charAt(0) ?? "";
    const isMoved = letter === "R" || letter === "C";
    const first = parts[at + 1] ?? "";
    const status = STATUS[letter] ?? "modified";
    files.push(isMoved ? { path: parts[at + 2] ?? "", status, oldPath: first } : { path: first, status });
    at += isMoved ? 3 : 2;
  }
  return files;
}

/** `git diff --numstat`, with or without `-z`: lines added, lines taken away, path. Dashes stand for a binary file. */
export function readNumbers(text: string): Map<string, Numbers> {
  const found = new Map<string, Numbers>();
  const parts = text.split(/[\0\n]/);
  for (let at = 0; at < parts.length; at += 1) {
    const [added, deleted, name] = parts[at]?.split("\t") ?? [];
    if (added === undefined || deleted === undefined || name === undefined) continue;
    // A rename leaves the path out here, and names both after it.
    const path = name === "" ? (parts[at + 2] ?? "") : name;
    if (name === "") at += 2;
    const binary = added === "-";
    found.set(path, {
      additions: binary ? 0 : Number(added),
      deletions: binary ? 0 : Number(deleted),
      binary,
    });
  }
  return found;
}

/** The patches of one diff, in the order in which it lists the files. */
export function inPatches(text: string): string[] {
  return text === "" ? [] : text.split(/^(?=diff --git )/m).filter((part) => part !== "");
}
