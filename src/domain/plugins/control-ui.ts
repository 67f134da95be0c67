import { holdsScope } from "../devices/index.ts";
import type { LinkReader, Plugins } from "./index.ts";

/** Kinds of widgets that sessions bring themselves. */
const SESSION_KINDS = [
  { pluginId: "session", kind: "session:report", label: "Report" },
  { pluginId: "session", kind: "session:progress", label: "Session progress" },
  { pluginId: "session", kind: "session:website", label: "Website" },
];

/** What plugins show in the Control UI of somebody with these scopes. Lists without rows are left out of greetings. */
export interface ControlUiParts {
  readonly controlUiTabs: Record<string, unknown>[];
  readonly controlUiWidgetKinds: Record<string, unknown>[];
  readonly controlUiLinkReaders: Record<string, unknown>[];
}

export function controlUiParts(plugins: Plugins, scopes: readonly string[]): ControlUiParts {
  const isReader = holdsScope(scopes, "operator.read");
  const brought = plugins
    .widgetKinds()
    .filter(({ shown }) => holdsScope(scopes, shown.scope))
    .map(({ plugin, shown }) => ({
      pluginId: plugin.id,
      kind: `${plugin.id}:${shown.id}`,
      label: shown.label,
    }));
  return {
    controlUiTabs: [],
    controlUiWidgetKinds: isReader ? [...brought, ...SESSION_KINDS] : [],
    controlUiLinkReaders: isReader
      ? plugins.linkReaders().map(({ plugin, shown }) => ({
          pluginId: plugin.id,
          id: shown.id,
          label: shown.label,
          icon: shown.icon,
          linkReader: readingOf(shown),
        }))
      : [],
  };
}

/** The same, each by itself and with what it asks for, for `plugins.uiDescriptors`. */
export function uiDescriptors(plugins: Plugins, scopes: readonly string[]): Record<string, unknown>[] {
  const widgets = plugins
    .widgetKinds()
    .filter(({ shown }) => holdsScope(scopes, shown.scope))
    .map(({ plugin, shown }) => ({
      pluginId: plugin.id,
      pluginName: shown.label,
      id: shown.id,
      surface: "widget",
      label: shown.label,
      description: shown.description,
      schema: shown.schema,
      requiredScopes: [shown.scope],
    }));
  const readers = plugins.linkReaders().map(({ plugin, shown }) => ({
    pluginId: plugin.id,
    pluginName: plugin.name,
    id: shown.id,
    surface: "link-reader",
    linkReader: readingOf(shown),
    label: shown.label,
    requiredScopes: ["operator.read"],
    icon: shown.icon,
  }));
  return [...widgets, ...(holdsScope(scopes, "operator.read") ? readers : [])];
}

function readingOf({ id: _id, label: _label, icon: _icon, ...reading }: LinkReader): Record<string, unknown> {
  return reading;
}
