import { invalidRequest } from "../../errors/protocol-error.ts";

const DOCK = "right";
const WIDTH_MAX = 12;
const SIZES: Readonly<Record<string, readonly [w: number, h: number]>> = {
  sm: [3, 3],
  md: [6, 4],
  lg: [8, 6],
  xl: [12, 8],
  full: [12, 8],
};

export type BoardOp =
  | { kind: "tab_create"; tabId: string; title: string; chatDock?: string }
  | { kind: "tab_update"; tabId: string; title?: string; chatDock?: string; position?: number }
  | { kind: "tab_delete"; tabId: string }
  | { kind: "tabs_reorder"; tabIds: readonly string[] }
  | { kind: "widget_move"; name: string; tabId?: string; position?: number; after?: string }
  | { kind: "widget_resize"; name: string; sizeW: number; sizeH: number; heightMode?: string }
  | { kind: "widget_remove"; name: string };

export type Content = Readonly<Record<string, unknown>> & { readonly kind: string };
export type Placement = { readonly tabId?: string; readonly size?: string; readonly after?: string };

export interface StoredWidget {
  readonly name: string;
  readonly title?: string;
  readonly content: Content;
  readonly presentation?: string;
  readonly heightMode?: string;
  readonly sizeW: number;
  readonly sizeH: number;
  readonly grantState: "none" | "granted" | "rejected";
  readonly revision: number;
  readonly instanceId: string;
  readonly declared?: { readonly netOrigins?: readonly string[]; readonly tools?: readonly string[] };
}

export interface StoredTab {
  readonly tabId: string;
  readonly title: string;
  readonly chatDock: string;
  readonly widgets: readonly StoredWidget[];
}

export function sizeOf(size: string): readonly [w: number, h: number] {
  return SIZES[size] ?? [6, 4];
}

export function tabOf(tabs: readonly StoredTab[], tabId: string): StoredTab {
  const tab = tabs.find((candidate) => candidate.tabId === tabId);
  if (tab === undefined) throw invalidRequest(`board tab not found: ${tabId}`);
  return tab;
}

export function homeOf(tabs: readonly StoredTab[], name: string): { tab: StoredTab; widget: StoredWidget } {
  for (const tab of tabs) {
    const widget = tab.widgets.find((candidate) => candidate.name === name);
    if (widget !== undefined) return { tab, widget };
  }
  throw invalidRequest(`board widget not found: ${name}`);
}

/** The tabs after one operation. */
export function applyOp(tabs: readonly StoredTab[], op: BoardOp): readonly StoredTab[] {
  switch (op.kind) {
    case "tab_create": {
      if (tabs.some(({ tabId }) => tabId === op.tabId)) {
        throw invalidRequest(`board tab already exists: ${op.tabId}`);
      }
      return [...tabs, { tabId: op.tabId, title: op.title, chatDock: op.chatDock ?? DOCK, widgets: [] }];
    }
    case "tab_update": {
      const tab = tabOf(tabs, op.tabId);
      const next = { ...tab, title: op.title ?? tab.title, chatDock: op.chatDock ?? tab.chatDock };
      if (op.position === undefined) return tabs.map((other) => (other === tab ? next : other));
      return tabs.filter((other) => other !== tab).toSpliced(op.position, 0, next);
    }
    case "tab_delete":
      return deleteTab(tabs, tabOf(tabs, op.tabId));
    case "tabs_reorder": {
      if (op.tabIds.length !== tabs.length || new Set(op.tabIds).size !== tabs.length) {
        throw invalidRequest("tabs_reorder must contain every tab exactly once");
      }
      return op.tabIds.map((tabId) => tabOf(tabs, tabId));
    }
    case "widget_move": {
      const { tab, widget } = homeOf(tabs, op.name);
      return place(tabs, widget, { ...op, tabId: op.tabId ?? tab.tabId });
    }
    case "widget_resize": {
      const { widget } = homeOf(tabs, op.name);
      return replace(tabs, {
        ...widget,
        heightMode: op.heightMode ?? "fixed",
        sizeW: Math.min(Math.max(op.sizeW, 1), WIDTH_MAX),
        sizeH: Math.max(op.sizeH, 1),
      });
    }
    case "widget_remove":
      homeOf(tabs, op.name);
      return without(tabs, op.name);
  }
}

/** Widgets of a tab that goes move to the first that stays. */
function deleteTab(tabs: readonly StoredTab[], tab: StoredTab): readonly StoredTab[] {
  const [first, ...others] = tabs.filter((other) => other !== tab);
  if (first !== undefined) return [{ ...first, widgets: [...first.widgets, ...tab.widgets] }, ...others];
  if (tab.widgets.length === 0) return [];
  throw invalidRequest("cannot delete the last board tab while it contains widgets");
}

export function replace(tabs: readonly StoredTab[], widget: StoredWidget): readonly StoredTab[] {
  return tabs.map((tab) => ({
    ...tab,
    widgets: tab.widgets.map((other) => (other.name === widget.name ? widget : other)),
  }));
}

function without(tabs: readonly StoredTab[], name: string): readonly StoredTab[] {
  return tabs.map((tab) => ({ ...tab, widgets: tab.widgets.filter((other) => other.name !== name) }));
}

/** The widget taken from where it was and put where it should be: behind another, at a place, or last. */
export function place(
  tabs: readonly StoredTab[],
  widget: StoredWidget,
  where: { readonly tabId: string; readonly position?: number; readonly after?: string },
): readonly StoredTab[] {
  tabOf(tabs, where.tabId);
  return without(tabs, widget.name).map((tab) => {
    if (tab.tabId !== where.tabId) return tab;
    return { ...tab, widgets: tab.widgets.toSpliced(indexOf(tab, where), 0, widget) };
  });
}

function indexOf(tab: StoredTab, where: { readonly position?: number; readonly after?: string }): number {
  if (where.after === undefined) return where.position ?? tab.widgets.length;
  const anchor = tab.widgets.findIndex(({ name }) => name === where.after);
  if (anchor >= 0) return anchor + 1;
  throw invalidRequest(`board widget anchor not found on tab ${tab.tabId}: ${where.after}`);
}
