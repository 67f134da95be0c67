type Fields = Readonly<Record<string, unknown>>;

const SECURITY = ["deny", "allowlist", "full"] as const;
const ASK = ["off", "on-miss", "always"] as const;

type Security = (typeof SECURITY)[number];
type Ask = (typeof ASK)[number];

/** What holds for the commands of one session. */
export interface ExecRules {
  readonly security: Security;
  readonly ask: Ask;
  /** What an approval that nobody gave counts as. */
  readonly askFallback: Security;
  /** Programs that are given code must be asked for, whatever else is allowed. */
  readonly isInlineEvalAsked: boolean;
  readonly allowlist: readonly Fields[];
}

interface Level {
  readonly security: Security;
  readonly ask: Ask;
}

const MODES: ReadonlyMap<string, Level> = new Map(
  Object.entries({
    deny: { security: "deny", ask: "off" },
    allowlist: { security: "allowlist", ask: "off" },
    ask: { security: "allowlist", ask: "on-miss" },
    // compat(AP14): there is no model that reviews here, so a person does.
    auto: { security: "allowlist", ask: "on-miss" },
    full: { security: "full", ask: "off" },
  } as const),
);

const MODE_OF_SESSION: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "read-only": "deny",
    guarded: "ask",
    workspace: "auto",
    full: "full",
  }),
);

export interface RuleSources {
  readonly agentId: string;
  /** The session's `permissionMode`. */
  readonly permissionMode: string | undefined;
  /** `tools` of the configuration, and of the agent. */
  readonly tools: readonly Fields[];
  /** The stored policy: `defaults` and `agents`. */
  readonly file: Fields;
  /** `ask` of the call itself. */
  readonly asked: string | undefined;
}

/**
 * The session's mode if it has one, or the configuration; the stored policy can only make that stricter. The mode
 * `full` was granted by an admin and alone is not held by the stored policy. A value that nobody knows counts as the
 * strictest.
 */
export function rulesFor({ agentId, permissionMode, tools, file, asked }: RuleSources): ExecRules {
  const configured = tools.map((one) => fieldsOf(one["exec"])).filter((one) => one !== undefined);
  const wanted =
    permissionMode === undefined
      ? configured.reduce(layer, { security: "full", ask: "off" })
      : levelOf(MODE_OF_SESSION.get(permissionMode) ?? "deny");
  const agents = fieldsOf(file["agents"]) ?? {};
  const own = [fieldsOf(file["defaults"]), fieldsOf(agents["*"]), fieldsOf(agents[agentId])];
  const stored: Fields = Object.assign({}, ...own);
  const held = permissionMode === "full" ? wanted : layer({ security: "full", ask: "off" }, stored);
  return {
    security: stricter(SECURITY.toReversed(), wanted.security, held.security),
    ask: stricter(ASK, stricter(ASK, wanted.ask, held.ask), asked === undefined ? "off" : askOf(asked)),
    askFallback: stored["askFallback"] === undefined ? "deny" : securityOf(stored["askFallback"]),
    isInlineEvalAsked:
      permissionMode !== "full" &&
      configured.reduce<unknown>((before, one) => one["strictInlineEval"] ?? before, false) === true,
    allowlist: own.slice(1).flatMap((one) => listOf(one?.["allowlist"])),
  };
}

function layer(before: Level, { mode, security, ask }: Fields): Level {
  const base = mode === undefined ? before : levelOf(String(mode));
  return {
    security: security === undefined ? base.security : securityOf(security),
    ask: ask === undefined ? base.ask : askOf(ask),
  };
}

function levelOf(mode: string): Level {
  return MODES.get(mode) ?? { security: "deny", ask: "always" };
}

function securityOf(value: unknown): Security {
  return SECURITY.find((known) => known === value) ?? "deny";
}

function askOf(value: unknown): Ask {
  return ASK.find((known) => known === value) ?? "always";
}

/** The later of two in a list that gets stricter. */
function stricter<T>(order: readonly T[], one: T, other: T): T {
  return order.indexOf(one) > order.indexOf(other) ? one : other;
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf).filter((one) => one !== undefined) : [];
}
