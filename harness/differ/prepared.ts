/** A step before the questions: it makes something, and later params may name it as `${name}`. */
export interface Preparation {
  readonly call: string;
  readonly params: unknown;
  readonly save?: Readonly<Record<string, string>>;
}

interface Prepared {
  readonly steps: readonly Preparation[];
  /** Params of these names are asked with what was made as well. */
  readonly values: Readonly<Record<string, string>>;
}

const SESSION: Preparation = { call: "sessions.create", params: { key: "agent:main:differ" } };

const JOB = {
  name: "Differ",
  enabled: false,
  schedule: { kind: "every", everyMs: 3_600_000 },
  sessionTarget: "isolated",
  wakeMode: "now",
  payload: { kind: "agentTurn", message: "m" },
};

/** What there is to ask about, by family: a question about nothing finds few differences. */
const BY_FAMILY: Readonly<Record<string, Prepared>> = {
  cron: {
    steps: [{ call: "cron.add", params: JOB, save: { job: "/payload/id" } }],
    values: { id: "${job}", jobId: "${job}" },
  },
  agents: {
    steps: [{ call: "agents.create", params: { name: "Bee" }, save: { agent: "/payload/agentId" } }],
    values: { agentId: "${agent}" },
  },
  skills: {
    steps: [
      {
        call: "skills.proposals.create",
        params: { name: "brew", description: "How tea is made", content: "Boil water." },
        save: { proposal: "/payload/record/id", revision: "/payload/revisionHash" },
      },
    ],
    values: { proposalId: "${proposal}", expectedRevisionHash: "${revision}" },
  },
  taskSuggestions: {
    steps: [
      {
        call: "taskSuggestions.create",
        params: { sessionKey: "agent:main:differ", title: "t", prompt: "p", tldr: "s", cwd: "/" },
        save: { suggestion: "/payload/taskId" },
      },
    ],
    values: { taskId: "${suggestion}" },
  },
};

export function preparedFor(family: string): Prepared {
  const own = BY_FAMILY[family];
  return { steps: [SESSION, ...(own?.steps ?? [])], values: own?.values ?? {} };
}
