/** What a session may be asked to show of the changes in its folder. */
export interface ChangeQuery {
  /** Everything since the base branch, what is not committed, or one commit of this branch. */
  readonly scope: "all" | "uncommitted" | "commit";
  readonly commit?: string;
}

export interface ChangedFile {
  path: string;
  status: string;
  additions: number;
  deletions: number;
  oldPath?: string;
  binary?: boolean;
  untracked?: boolean;
  truncated?: boolean;
  patch?: string;
}

export interface Commit {
  sha: string;
  subject: string;
}

/** The changes of a checkout, or why there are none to show. */
export interface Changes {
  root?: string;
  branch?: string;
  baseRef?: string;
  aheadCount?: number;
  commits?: Commit[];
  mergeBase?: Commit;
  files: ChangedFile[];
  additions: number;
  deletions: number;
  truncated?: boolean;
  unavailableReason?: "unknown_session" | "not_git" | "unknown_commit";
}

/** Version control of the folders that sessions work in. */
export interface Checkouts {
  changes(folder: string, query: ChangeQuery): Promise<Changes>;
}

export function noChanges(unavailableReason: NonNullable<Changes["unavailableReason"]>): Changes {
  return { files: [], additions: 0, deletions: 0, unavailableReason };
}
