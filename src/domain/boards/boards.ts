import { invalidRequest, ProtocolError } from "../../errors/protocol-error.ts";
import type { Ids } from "../../platform/ids.ts";
import type { Documents } from "../documents/index.ts";
import type { Publisher } from "../events.ts";
import type { Board, Boards, WidgetInput, WidgetRow } from "./index.ts";
import {
  applyOp,
  type Content,
  homeOf,
  place,
  replace,
  type StoredTab,
  type StoredWidget,
  sizeOf,
  tabOf,
} from "./ops.ts";

const SCOPE = "board";
const FIRST_TAB: StoredTab = { tabId: "main", title: "Main", chatDock: "right", widgets: [] };

interface StoredBoard {
  readonly revision: number;
  readonly tabs: readonly StoredTab[];
}

export interface BoardParts {
  readonly documents: Documents;
  readonly events: Publisher;
  readonly ids: Ids;
  readonly isSession: (key: string) => Promise<boolean>;
}

export function createBoards({ documents, events, ids, isSession }: BoardParts): Boards {
  // One change after the other: each is a revision of what the one before left.
  let changing: Promise<unknown> = Promise.resolve();

  // Written by `change` below and by nobody else.
  const read = async (key: string): Promise<StoredBoard> =>
    ((await documents.read(SCOPE, key)) as StoredBoard | undefined) ?? { revision: 0, tabs: [] };

  async function change(
    key: string,
    steps: number,
    make: (tabs: readonly StoredTab[]) => readonly StoredTab[],
    widget?: string,
  ): Promise<Board> {
    if (!(await isSession(key))) throw invalidRequest(`board session not found: ${key}`);
    const before = await read(key);
    const tabs = make(before.tabs);
    if (tabs === before.tabs) return toBoard(key, before);
    const board = { revision: before.revision + steps, tabs };
    await documents.write(SCOPE, key, tabs.length === 0 ? undefined : board);
    const { revision } = board;
    events.publish("board.changed", {
      sessionKey: key,
      revision,
      ...(widget === undefined ? {} : { widget }),
    });
    return toBoard(key, board);
  }

  const inTurn = (run: () => Promise<Board>): Promise<Board> => {
    const done = changing.then(run);
    changing = done.catch(() => undefined);
    return done;
  };

  return {
    get: async (key) => toBoard(key, await read(key)),
    update: (key, ops) => inTurn(() => change(key, 1, (tabs) => ops.reduce(applyOp, tabs))),
    put(key, input) {
      checkContent(input.content);
      const steps = input.declared === undefined ? 1 : 2;
      const instanceId = ids.uuid().replaceAll("-", "");
      return inTurn(() => change(key, steps, (tabs) => putWidget(tabs, input, instanceId), input.name));
    },
    grant: (key, { name, decision, revision, instanceId }) =>
      inTurn(() =>
        change(
          key,
          1,
          (tabs) => {
            const { widget } = homeOf(tabs, name);
            if (widget.instanceId !== instanceId || widget.revision !== revision) {
              throw invalidRequest(`board widget instance changed: ${name}`);
            }
            return replace(tabs, { ...widget, grantState: decision });
          },
          name,
        ),
      ),
  };
}

/** What a widget can be made of here: markup, or a name that a plugin of the page draws. */
function checkContent({ kind, contentKind }: Content): void {
  if (kind === "html" || kind === "plugin") return;
  if (kind === "registered") {
    throw invalidRequest(
      `widget kind "${String(contentKind)}" is unavailable; enable the plugin that provides it and retry`,
    );
  }
  const what = kind === "mcp-app" ? "MCP App runtime is unavailable" : "canvas documents are unavailable";
  throw new ProtocolError("UNAVAILABLE", `Error: ${what}`, { retryable: false });
}

function putWidget(
  given: readonly StoredTab[],
  input: WidgetInput,
  instanceId: string,
): readonly StoredTab[] {
  const { name, placement = {} } = input;
  const tabs = given.length === 0 ? [FIRST_TAB] : given;
  const home = tabs.find((tab) => tab.widgets.some((widget) => widget.name === name));
  const before = home?.widgets.find((widget) => widget.name === name);
  const [sizeW, sizeH] =
    placement.size === undefined && before !== undefined
      ? [before.sizeW, before.sizeH]
      : sizeOf(placement.size ?? "md");
  const { declared: _, ...kept } = before ?? {};
  const widget: StoredWidget = {
    ...kept,
    name,
    ...(input.title === undefined ? {} : { title: input.title }),
    content: input.content,
    ...(input.presentation === undefined ? {} : { presentation: input.presentation }),
    ...(input.heightMode === undefined ? {} : { heightMode: input.heightMode }),
    sizeW,
    sizeH,
    grantState: input.declared === undefined ? "none" : "granted",
    revision: (before?.revision ?? 0) + 1,
    instanceId,
    ...(input.declared === undefined ? {} : { declared: input.declared }),
  };
  if (before !== undefined && placement.tabId === undefined && placement.after === undefined) {
    return replace(tabs, widget);
  }
  const anchor = tabs.find((tab) => tab.widgets.some((other) => other.name === placement.after));
  const tabId = placement.tabId ?? anchor?.tabId ?? home?.tabId ?? tabs[0]?.tabId ?? FIRST_TAB.tabId;
  tabOf(tabs, tabId);
  return place(tabs, widget, { tabId, ...(placement.after === undefined ? {} : { after: placement.after }) });
}

function toBoard(sessionKey: string, { revision, tabs }: StoredBoard): Board {
  return {
    sessionKey,
    revision,
    tabs: tabs.map(({ tabId, title, chatDock }, position) => ({ tabId, title, position, chatDock })),
    widgets: tabs.flatMap(({ tabId, widgets }) =>
      widgets.map((widget, position) => toRow(widget, tabId, position)),
    ),
  };
}

function toRow({ content, declared, ...widget }: StoredWidget, tabId: string, position: number): WidgetRow {
  const access = [
    ...(declared?.netOrigins ?? []).map((origin) => `Network access: ${origin}`),
    ...(declared?.tools ?? []).map((tool) => `Tool access: ${tool}`),
  ];
  return {
    ...widget,
    tabId,
    contentKind: content.kind,
    contentOwner: content.kind,
    ...(content["pluginKind"] === undefined ? {} : { pluginKind: content["pluginKind"] }),
    position,
    ...(declared === undefined ? {} : { declaredSummary: access, declared }),
  };
}
