import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { POLICY } from "../../../schemas/policy.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import type { Documents } from "../documents/index.ts";
import { checkoutOf, type GitRunner } from "../worktrees/index.ts";
import { cloneFailure, repositoryOf } from "./clone.ts";
import type { Project, Projects } from "./index.ts";

const SCOPE = "projects";
const ID_CHARS_MAX = 64;

export interface ProjectParts {
  readonly documents: Documents;
  readonly git: GitRunner;
  /** The folder that clones are kept in. */
  readonly root: () => string;
}

export function createProjects({ documents, git, root }: ProjectParts): Projects {
  // One change after the other: two of them must not take the same id.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(run: () => Promise<Result>): Promise<Result> => {
    const done = last.then(run);
    last = done.catch(() => undefined);
    return done;
  };

  // What stands in the scope was written below and nowhere else.
  const read = async (id: string) => (await documents.read(SCOPE, id)) as Project | undefined;

  async function list(): Promise<Project[]> {
    const all = await Promise.all((await documents.names(SCOPE)).map(read));
    return all.filter((one) => one !== undefined);
  }

  async function keep(place: string, name: string, source: Project["source"]): Promise<Project> {
    const known = await list();
    const same = known.find(({ repoRoot }) => repoRoot === place);
    if (same !== undefined) return same;
    if (known.length >= POLICY.projectsMax) throw invalidRequest("too many projects");
    const origin = await git(["remote", "get-url", "origin"], {
      folder: place,
      timeoutMs: POLICY.gitTimeoutMs,
    });
    const project: Project = {
      id: freeId(name, new Set(known.map(({ id }) => id))),
      displayName: name,
      repoRoot: place,
      source,
      ...(origin.code === 0 && origin.stdout !== "" ? { originUrl: origin.stdout } : {}),
    };
    await documents.write(SCOPE, project.id, project);
    return project;
  }

  return {
    list,
    register: ({ path: place, name }) =>
      inTurn(async () => {
        const checkout = await checkoutOf(place, git);
        if (checkout.kind === "missing") throw invalidRequest(`project path does not exist: ${place}`);
        if (checkout.kind === "not_folder") throw invalidRequest(`project path is not a directory: ${place}`);
        if (checkout.kind === "not_git") throw invalidRequest(`project path is not a git checkout: ${place}`);
        return await keep(checkout.root, name ?? path.basename(checkout.root), "registered");
      }),
    add: ({ gitUrl, name }) =>
      inTurn(async () => {
        const { url, repository } = repositoryOf(gitUrl);
        const known = (await list()).find(({ originUrl }) => originUrl === url);
        if (known !== undefined) return known;
        const folder = root();
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const taken = new Set((await list()).map(({ id }) => id));
        const place = path.join(folder, freeId(name ?? repository, taken));
        const args = ["clone", "--quiet", "--", url, place];
        const cloned = await git(args, { folder, timeoutMs: POLICY.gitCloneTimeoutMs });
        if (cloned.code !== 0) throw cloneFailure(cloned.stderr);
        return await keep(place, name ?? repository, "cloned");
      }),
    remove: (id, deletesCheckout) =>
      inTurn(async () => {
        const project = await read(id);
        if (project === undefined) throw invalidRequest(`unknown project id: ${id}`);
        if (deletesCheckout && project.source !== "cloned")
          throw invalidRequest("Only projects cloned by the Gateway can delete their checkout.");
        await documents.write(SCOPE, id, undefined);
        if (deletesCheckout) await rm(project.repoRoot, { recursive: true, force: true });
      }),
  };
}

/** A name as an id: small letters, digits and hyphens, with a number behind it where it is taken. */
function freeId(name: string, taken: ReadonlySet<string>): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const base = plain.replace(/^-+|-+$/g, "").slice(0, ID_CHARS_MAX - 4) || "project";
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${count}`;
    if (!taken.has(id)) return id;
  }
}
