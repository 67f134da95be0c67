import { themesGet, themesImport, themesList, themesSet } from "../../../schemas/methods/themes/themes.ts";
import {
  CURRENT_THEME,
  checkAppearance,
  checkDefinition,
  THEMES,
  type Theme,
} from "../../domain/themes/index.ts";
import { invalidRequest } from "../../errors/protocol-error.ts";
import { type Method, method } from "../method.ts";

function themeOf(id: string): Theme {
  const theme = THEMES.find((known) => known.id === id);
  if (theme !== undefined) return theme;
  throw invalidRequest(`Theme ${id} is unavailable. List themes to choose an installed theme.`);
}

/** Themes are chosen by persons; the connections of this gateway are devices and programs. */
function personNeeded() {
  return invalidRequest(
    "Changing themes requires the requesting person's authenticated profile. Ask from your signed-in Control UI.",
  );
}

export default [
  method(themesList, () => ({
    current: CURRENT_THEME,
    theme: themeOf(CURRENT_THEME.id),
    themes: [...THEMES],
  })),
  method(themesGet, ({ params }) => ({
    current: CURRENT_THEME,
    theme: themeOf(params.id ?? CURRENT_THEME.id),
  })),
  method(themesSet, ({ params }) => {
    const { id, mode, appearance } = params;
    if (appearance !== undefined) checkAppearance(appearance);
    if (id === undefined && mode === undefined) {
      throw invalidRequest("Set a theme id or mode; use null to restore its default.");
    }
    if (typeof id === "string") themeOf(id);
    throw personNeeded();
  }),
  method(themesImport, ({ params }) => {
    checkDefinition(params.definition);
    throw personNeeded();
  }),
] satisfies Method[];
