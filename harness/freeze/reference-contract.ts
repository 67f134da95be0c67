import { InvalidArgumentError } from "commander";
import { type LaunchContract, loadContract } from "../launch/contract.ts";
import { referenceFolder } from "../launch/places.ts";

/** `openclaw@2026.9.6` -> `2026.9.6`. */
export function referenceVersion(spec: string): string {
  const version = /^openclaw@(\w[\w.-]*)$/.exec(spec)?.[1];
  if (version === undefined)
    throw new InvalidArgumentError("say openclaw@<version>, such as openclaw@2026.9.6");
  return version;
}

/** The launch contract of the reference, for a version other than the frozen one. */
export async function referenceContract(version: string): Promise<LaunchContract> {
  const contract = await loadContract("reference");
  const place = (text: string): string => text.replaceAll("${cache}", referenceFolder(version));
  return {
    ...contract,
    command: place(contract.command),
    args: contract.args.map(place),
    needs: contract.needs.map((need) => ({ ...need, path: place(need.path) })),
  };
}
