/** An object of an answer whose texts an installed reference may supply, under a name that is the same in both. */
export interface Place {
  readonly key: string;
  readonly holder: Record<string, unknown>;
  readonly texts: readonly string[];
}

const DESCRIPTION = ["description"] as const;
const TOOL = ["description", "fullDescription"] as const;
const CONFIG_HINT = ["label", "help"] as const;

/** Methods whose answers hold catalogues: what is offered here, described for people. */
const PLACES: Readonly<Record<string, (answer: unknown) => Place[]>> = {
  "tools.catalog": toolGroups,
  "tools.effective": toolGroups,
  "commands.list": (answer) => commands(answer),
  "chat.metadata": (answer) => commands(answer),
  "chat.startup": (answer) => commands(member(answer, "metadata")),
  "config.schema": (answer) =>
    Object.entries(member(answer, "uiHints") ?? {}).flatMap(([path, hint]) =>
      place(`config:${path}`, hint, CONFIG_HINT),
    ),
  "config.schema.lookup": (answer) => [answer, ...items(answer, "children")].flatMap(lookedUp),
  "themes.list": (answer) => [member(answer, "theme"), ...items(answer, "themes")].flatMap(theme),
  "themes.get": (answer) => theme(member(answer, "theme")),
  "hooks.status": (answer) => named(answer, "hooks", "name", "hook", DESCRIPTION),
  "plugins.list": (answer) => named(answer, "plugins", "id", "plugin", DESCRIPTION),
  "webSearch.status": (answer) => named(answer, "providers", "id", "search", ["hint"]),
};

/** Where the answer of a method holds texts of a catalogue. Nothing for methods without. */
export function placesOf(method: string, answer: unknown): readonly Place[] {
  return Object.hasOwn(PLACES, method) ? (PLACES[method]?.(answer) ?? []) : [];
}

export const hasPlaces = (method: string): boolean => Object.hasOwn(PLACES, method);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function member(value: unknown, key: string): Record<string, unknown> | undefined {
  const found = isRecord(value) ? value[key] : undefined;
  return isRecord(found) ? found : undefined;
}

function items(value: unknown, key: string): unknown[] {
  const found = isRecord(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
}

function place(key: string, holder: unknown, texts: readonly string[]): Place[] {
  return isRecord(holder) ? [{ key, holder, texts }] : [];
}

function named(
  answer: unknown,
  list: string,
  id: string,
  kind: string,
  texts: readonly string[],
  prefix = "",
): Place[] {
  return items(answer, list).flatMap((item) => {
    const name = isRecord(item) ? item[id] : undefined;
    return typeof name === "string" ? place(`${kind}:${prefix}${name}`, item, texts) : [];
  });
}

function toolGroups(answer: unknown): Place[] {
  return items(answer, "groups").flatMap((group) => named(group, "tools", "id", "tool", TOOL));
}

function commands(answer: unknown): Place[] {
  return named(answer, "commands", "name", "command", DESCRIPTION).flatMap((command) => [
    command,
    ...named(command.holder, "args", "name", "argument", DESCRIPTION, `${command.key} `),
  ]);
}

function lookedUp(item: unknown): Place[] {
  const path = isRecord(item) ? item["hintPath"] : undefined;
  return typeof path === "string" ? place(`config:${path}`, member(item, "hint"), CONFIG_HINT) : [];
}

function theme(item: unknown): Place[] {
  return isRecord(item) && typeof item["id"] === "string"
    ? place(`theme:${item["id"]}`, item, DESCRIPTION)
    : [];
}
