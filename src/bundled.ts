import { POLICY } from "../schemas/policy.ts";
import { createClawHub } from "./adapters/hub/index.ts";
import type { ConfigSource } from "./domain/config/index.ts";
import {
  createPlugins,
  createSurfaces,
  type Hub,
  type Plugins,
  type Surfaces,
} from "./domain/plugins/index.ts";
import type { SkillHub } from "./domain/skills/index.ts";
import { HIDDEN, TOPICS } from "./methods/registry.gen.ts";
import type { Clock } from "./platform/clock.ts";
import type { Ids } from "./platform/ids.ts";

const HUB_URL = "https://clawhub.ai";

export interface Bundled {
  readonly plugins: Plugins;
  readonly surfaces: Surfaces;
  readonly hub: Hub;
  readonly skillHub: SkillHub;
}

/** Puts together what the reference ships as plugins: which are in force, and the tickets to their pages. */
export function composeBundled(parts: {
  readonly config: ConfigSource;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Bundled {
  const { clock, env } = parts;
  const hub = createClawHub({
    baseUrl: env["OPENCLAW_CLAWHUB_URL"] ?? env["CLAWHUB_URL"] ?? HUB_URL,
    clock,
    limits: {
      knockTimeoutMs: POLICY.hubTimeoutMs,
      freshMs: POLICY.hubFreshMs,
      answerTimeoutMs: POLICY.hubAnswerTimeoutMs,
      answerCharsMax: POLICY.hubAnswerCharsMax,
    },
  });
  return {
    plugins: createPlugins({
      config: parts.config,
      answers: (method) => Object.hasOwn(TOPICS, method),
      methods: shownMethods(),
    }),
    hub,
    skillHub: hub,
    surfaces: createSurfaces(parts),
  };
}

const BROWSER_SIGN_IN = "mcp.authLogin";
const BEFORE_BROWSER_SIGN_IN = "desktop.release";

/** compat(sweep/plugins): the sign-in of connectors is hidden in greetings and shown in the list of plugins. */
function shownMethods(): readonly string[] {
  const shown = Object.keys(TOPICS).filter((method) => !HIDDEN.has(method));
  const place = shown.indexOf(BEFORE_BROWSER_SIGN_IN);
  return place < 0 || !Object.hasOwn(TOPICS, BROWSER_SIGN_IN)
    ? shown
    : shown.toSpliced(place + 1, 0, BROWSER_SIGN_IN);
}
