import { stat } from "node:fs/promises";
import { POLICY } from "../../../schemas/policy.ts";
import type { GitRunner } from "./index.ts";

/** A folder that is in a repository, one that is in none, or none. */
export type Checkout =
  | { readonly kind: "git"; readonly root: string }
  | { readonly kind: "not_git" }
  | { readonly kind: "not_folder" }
  | { readonly kind: "missing" };

export async function checkoutOf(folder: string, git: GitRunner): Promise<Checkout> {
  const there = await stat(folder).catch(() => undefined);
  if (there === undefined) return { kind: "missing" };
  if (!there.isDirectory()) return { kind: "not_folder" };
  const timeoutMs = POLICY.gitTimeoutMs;
  const top = await git(["rev-parse", "--show-toplevel"], { folder, timeoutMs });
  return top.code === 0 && top.stdout !== "" ? { kind: "git", root: top.stdout } : { kind: "not_git" };
}
