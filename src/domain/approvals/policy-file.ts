type Fields = Readonly<Record<string, unknown>>;

export interface PolicyFile {
  readonly version: 1;
  readonly socket: { readonly path?: string; readonly token?: string };
  readonly defaults: Fields;
  readonly agents: Readonly<Record<string, Fields>>;
}

export const DEFAULTS = { security: "full", ask: "off", askFallback: "deny", autoAllowSkills: false };

const SECURITY = ["deny", "allowlist", "full"];
const ASK = ["off", "on-miss", "always"];
const MAIN = "main";

/** What a client wrote, without what means nothing; rules get an id, and the socket stays unless another is named. */
export function normalisePolicy(file: Fields, before: PolicyFile, newId: () => string): PolicyFile {
  const { path, token } = { ...before.socket, ...fieldsOf(file["socket"]) };
  const { default: legacy, ...agents } = fieldsOf(file["agents"]);
  // The entry `default` is an older name for the main agent's.
  const merged =
    legacy === undefined ? agents : { ...agents, [MAIN]: merge(fieldsOf(legacy), fieldsOf(agents[MAIN])) };
  return {
    version: 1,
    socket: {
      ...(typeof path === "string" ? { path } : {}),
      ...(typeof token === "string" ? { token } : {}),
    },
    defaults: settings(fieldsOf(file["defaults"])),
    agents: Object.fromEntries(
      Object.entries(merged).map(([id, agent]) => [id, agentEntry(fieldsOf(agent), newId)]),
    ),
  };
}

function merge(legacy: Fields, main: Fields): Fields {
  const allowlist = [...listOf(main["allowlist"]), ...listOf(legacy["allowlist"])];
  return { ...legacy, ...main, ...(allowlist.length === 0 ? {} : { allowlist }) };
}

function agentEntry(agent: Fields, newId: () => string): Fields {
  const allowlist = listOf(agent["allowlist"])
    .map(fieldsOf)
    .filter(({ pattern }) => typeof pattern === "string" && pattern.trim() !== "")
    .map((rule) => ({ ...rule, id: rule["id"] ?? newId() }));
  const tools = listOf(agent["mcpTools"]);
  return {
    ...settings(agent),
    ...(allowlist.length === 0 ? {} : { allowlist }),
    ...(tools.length === 0 ? {} : { mcpTools: tools }),
  };
}

function settings({ security, ask, askFallback, autoAllowSkills }: Fields): Fields {
  return {
    ...oneOf("security", security, SECURITY),
    ...oneOf("ask", ask, ASK),
    ...oneOf("askFallback", askFallback, SECURITY),
    ...(typeof autoAllowSkills === "boolean" ? { autoAllowSkills } : {}),
  };
}

function oneOf(name: string, value: unknown, known: readonly string[]): Fields {
  return typeof value === "string" && known.includes(value) ? { [name]: value } : {};
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
