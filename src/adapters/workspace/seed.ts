import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Log } from "../../platform/log.ts";

/** Workspaces that were looked after in this process. */
const WORKSPACES_MAX = 1_024;

const AGENTS = `# How to work here

This folder is your home. What is written here is what you know after a night's sleep; nothing else stays.

- Look at SOUL.md, IDENTITY.md and USER.md: they say who you are and whom you work for.
- Write down what should outlast this conversation: lasting facts in MEMORY.md, the day's notes in memory/.
- Ask before anything that leaves this machine or cannot be taken back. Reading, looking around and working in this folder need no question.
- Move to a safe place rather than delete.
- Say when you do not know, and when something failed.

Change this file when you find a better way.
`;

const SOUL = `# Character

Be of use before being pleasant. Have opinions and give reasons for them. Find out for yourself before you ask. Be careful with what is private, and bold with what is yours to decide. In a group you are a guest, not the voice of your owner.

This file is yours: change it when you have changed, and say so.
`;

const IDENTITY = `# Who I am

- Name:
- What I am:
- Manner:
- Emoji:
- Picture:

To be filled in together with the person I work for.
`;

const USER = `# The person I work for

- Name:
- How to address them:
- Time zone:
- What matters to them:

Add what you learn, as a friend would remember it; this is no file on somebody.
`;

const BOOTSTRAP = `# The first conversation

You have just come to be, and nobody has told you anything yet. Say hello, and find out together: what you are called, what you are, how you speak, and whom you work for. Keep it a conversation and not a form.

Then write it down in IDENTITY.md and USER.md, talk about SOUL.md, and delete this file: it is needed once.
`;

const FILES: Readonly<Record<string, string>> = {
  "AGENTS.md": AGENTS,
  "SOUL.md": SOUL,
  "IDENTITY.md": IDENTITY,
  "USER.md": USER,
};

export interface SeedParts {
  /** Whether new workspaces are furnished at all. */
  readonly isWanted: () => boolean;
  readonly log: Log;
}

/**
 * Furnishes the folder of an agent before its first turn. What is there is never touched; the ritual of the first
 * conversation comes only to a folder that had none of the others.
 */
export function createSeeds({ isWanted, log }: SeedParts): (workspace: string) => Promise<void> {
  const known = new Map<string, Promise<void>>();
  return (workspace) => {
    const before = known.get(workspace);
    if (before !== undefined) return before;
    if (!isWanted()) return Promise.resolve();
    if (known.size >= WORKSPACES_MAX) known.clear();
    const seeded = furnish(workspace).catch((error: unknown) =>
      log.warn({ err: error, workspace }, "a workspace could not be furnished"),
    );
    known.set(workspace, seeded);
    return seeded;
  };
}

async function furnish(workspace: string): Promise<void> {
  await mkdir(workspace, { recursive: true });
  const written = await Promise.all(
    Object.entries(FILES).map(([name, text]) => writeNew(path.join(workspace, name), text)),
  );
  if (written.every((isNew) => isNew)) await writeNew(path.join(workspace, "BOOTSTRAP.md"), BOOTSTRAP);
}

/** False when there is something of this name. */
async function writeNew(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
