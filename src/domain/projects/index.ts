export { createProjects } from "./projects.ts";

/** A project as clients see it. An alias, since results of methods are open records. */
export type Project = {
  readonly id: string;
  readonly displayName: string;
  readonly repoRoot: string;
  readonly source: "registered" | "cloned";
  readonly originUrl?: string;
};

/** Repositories that somebody wants to work in, beside the workspaces of the agents. */
export interface Projects {
  list(): Promise<readonly Project[]>;
  /** Takes note of a checkout that is there; one that is known already is given again. */
  register(input: { readonly path: string; readonly name?: string }): Promise<Project>;
  /** Clones a repository of GitHub. */
  add(input: { readonly gitUrl: string; readonly name?: string }): Promise<Project>;
  remove(id: string, deletesCheckout: boolean): Promise<void>;
}
