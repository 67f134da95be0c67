import path from "node:path";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { SESSIONS_TOPIC, type SessionContext } from "./context.ts";

const SCOPE = "groups";
const NAME = "catalog";

/** A named group of sessions (`category` in their entries), and where new sessions in it begin. */
interface Group {
  readonly name: string;
  readonly cwd?: string;
  readonly worktree?: boolean;
}

interface Catalog {
  readonly groups: readonly Group[];
  readonly sectionOrder: readonly string[];
}

interface GroupList {
  groups: { name: string; position: number }[];
  sectionOrder: string[];
}

type GroupsChanged = GroupList & { ok: true; updatedSessions?: number };

export interface Groups {
  list(): Promise<GroupList>;
  defaults(): Promise<{ defaults: Group[] }>;
  put(names: readonly string[], sectionOrder?: readonly string[]): Promise<GroupsChanged>;
  rename(name: string, to: string): Promise<GroupsChanged>;
  update(
    name: string,
    defaults: { cwd: string | null; worktree: boolean },
  ): Promise<{ ok: true; defaults: Group[] }>;
  delete(name: string): Promise<GroupsChanged>;
  /** Makes a group for a category that a session was put into, when there is none. */
  adopt(name: string): Promise<void>;
}

export function createGroups(context: SessionContext): Groups {
  const { store, roster, events } = context.parts;
  let pending: Promise<unknown> = Promise.resolve();

  const read = async (): Promise<Catalog> => {
    const kept = await store.readDocument(SCOPE, NAME);
    // Written by `write` below and by nobody else.
    return (kept as Catalog | undefined) ?? { groups: [], sectionOrder: [] };
  };
  const write = async (catalog: Catalog): Promise<Catalog> => {
    await store.writeDocument(SCOPE, NAME, catalog);
    events.publish("sessions.changed", { reason: "groups", ts: context.now() }, { topics: [SESSIONS_TOPIC] });
    return catalog;
  };
  /** One change after the other: each one reads what the one before wrote. */
  const inTurn = <Result>(change: () => Promise<Result>): Promise<Result> => {
    const result = pending.then(change);
    pending = result.catch(() => {});
    return result;
  };

  const membersOf = (name: string) => [...roster.values()].filter((entry) => entry.category === name);
  const moveMembers = async (name: string, to: string | undefined): Promise<number> => {
    await context.ready();
    const members = membersOf(name);
    await Promise.all(members.map((entry) => context.change(entry, { category: to })));
    return members.length;
  };
  const toWire = ({ groups, sectionOrder }: Catalog): GroupList => ({
    groups: groups.map(({ name }, position) => ({ name, position })),
    sectionOrder: [...sectionOrder],
  });
  const defaultsOf = ({ groups }: Catalog) => ({ defaults: [...groups] });

  return {
    list: async () => toWire(await read()),
    defaults: async () => defaultsOf(await read()),
    put: (names, sectionOrder) =>
      inTurn(async () => {
        await context.ready();
        const before = await read();
        const wanted = [...new Set(names)];
        for (const { name } of before.groups) {
          const members = membersOf(name).length;
          if (wanted.includes(name) || members === 0) continue;
          throw invalidRequest(
            `sessions.groups.put cannot drop groups that still have member sessions: "${name}" (${members}); include them in names or remove them via sessions.groups.delete`,
          );
        }
        const groups = wanted.map((name) => before.groups.find((group) => group.name === name) ?? { name });
        // Sections that are no groups are the client's; the reference keeps none of the names it was given.
        const order = sectionOrder === undefined ? before.sectionOrder : [];
        return { ok: true as const, ...toWire(await write({ groups, sectionOrder: order })) };
      }),
    rename: (name, to) =>
      inTurn(async () => {
        const before = await read();
        if (name === to) return { ok: true as const, ...toWire(before), updatedSessions: 0 };
        const group = before.groups.find((one) => one.name === name);
        if (group === undefined) throw invalidRequest(`unknown session group: ${name}`);
        const updatedSessions = await moveMembers(name, to);
        const merged = before.groups.some((one) => one.name === to);
        const groups = merged
          ? before.groups.filter((one) => one.name !== name)
          : before.groups.map((one) => (one.name === name ? { ...one, name: to } : one));
        return { ok: true as const, ...toWire(await write({ ...before, groups })), updatedSessions };
      }),
    update: (name, defaults) =>
      inTurn(async () => {
        const before = await read();
        if (!before.groups.some((one) => one.name === name)) {
          throw invalidRequest(`unknown session group: ${name}`);
        }
        if (defaults.cwd !== null && !path.isAbsolute(defaults.cwd)) {
          throw invalidRequest("session group cwd must be absolute");
        }
        const changed: Group = {
          name,
          ...(defaults.cwd === null ? {} : { cwd: defaults.cwd }),
          worktree: defaults.worktree,
        };
        const groups = before.groups.map((one) => (one.name === name ? changed : one));
        return { ok: true as const, ...defaultsOf(await write({ ...before, groups })) };
      }),
    delete: (name) =>
      inTurn(async () => {
        const before = await read();
        const updatedSessions = await moveMembers(name, undefined);
        const groups = before.groups.filter((one) => one.name !== name);
        return { ok: true as const, ...toWire(await write({ ...before, groups })), updatedSessions };
      }),
    adopt: (name) =>
      inTurn(async () => {
        const before = await read();
        if (before.groups.some((one) => one.name === name)) return;
        await write({ ...before, groups: [...before.groups, { name }] });
      }),
  };
}
