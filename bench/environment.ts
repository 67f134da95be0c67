import { execFileSync } from "node:child_process";
import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";
import { CHECKOUT, type Subject } from "./subject.ts";

/** What a figure means nothing without. No names of machines or people. */
export interface Environment {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  /** The load of the machine when the measurement began: figures from a busy machine are worse than they are. */
  readonly loadAverage: number;
  readonly commit: string;
  /** True when files differ from the commit. */
  readonly isDirty: boolean;
  readonly versions: Readonly<Record<string, string>>;
  readonly date: string;
}

export function environment(subjects: readonly Subject[]): Environment {
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: CHECKOUT, encoding: "utf8" }).trim();
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release().split("-")[0] ?? ""}`,
    node: process.version,
    loadAverage: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    commit: git("rev-parse", "--short", "HEAD"),
    isDirty:
      git("status", "--porcelain", "--", "src", "schemas", "tools/build.ts", "package-lock.json") !== "",
    versions: Object.fromEntries(subjects.map(({ name, version }) => [name, version])),
    date: new Date().toISOString().slice(0, 10),
  };
}
