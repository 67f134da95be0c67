import { isRecord } from "./record.ts";

/**
 * The keys that have an effect in this gateway. A prefix stands for all below it; `*` is any key. What is not here
 * is accepted, because the reference accepts it, and listed by `understudy config check`.
 */
const HONOURED: readonly string[] = [
  "$schema",
  "meta",
  "gateway.mode",
  "gateway.port",
  "gateway.bind",
  "gateway.customBindHost",
  "gateway.auth",
  "gateway.trustedProxies",
  "gateway.allowRealIpFallback",
  "gateway.controlUi",
  "gateway.nodes.pairing.autoApproveLocal",
  "gateway.reload",
  "gateway.terminal",
  "agents.ownership",
  "agents.defaults.model",
  "agents.defaults.workspace",
  "agents.defaults.maxConcurrent",
  "agents.defaults.thinkingDefault",
  "agents.defaults.timeoutSeconds",
  "agents.entries.*.default",
  "agents.entries.*.name",
  "agents.entries.*.description",
  "agents.entries.*.workspace",
  "agents.entries.*.model",
  "agents.entries.*.identity",
  "agents.entries.*.thinkingDefault",
  "models.mode",
  "models.providers.*.baseUrl",
  "models.providers.*.apiKey",
  "models.providers.*.api",
  "models.providers.*.headers",
  "models.providers.*.models",
  "session.mainKey",
  "session.scope",
  "env.vars",
  "secrets.providers",
  "secrets.defaults",
  "logging.level",
  "logging.file",
  "logging.maxFileBytes",
  "logging.consoleLevel",
  "logging.consoleStyle",
  "logging.redactPatterns",
  "understudy",
];

/** The places of a configuration that nobody reads, each as high up as that is true of all below it. */
export function notHonoured(source: unknown, path: readonly string[] = []): string[] {
  if (path.length > 0 && covers(path)) return [];
  if (!isRecord(source) || !leads(path)) return [path.join(".")];
  return Object.entries(source).flatMap(([key, value]) => notHonoured(value, [...path, key]));
}

function parts(pattern: string): string[] {
  return pattern.split(".");
}

/** Some pattern is this path or above it. */
function covers(path: readonly string[]): boolean {
  return HONOURED.some((pattern) => {
    const wanted = parts(pattern);
    return (
      wanted.length <= path.length && wanted.every((part, index) => part === "*" || part === path[index])
    );
  });
}

/** Some pattern is below this path. */
function leads(path: readonly string[]): boolean {
  return HONOURED.some((pattern) => {
    const wanted = parts(pattern);
    return (
      wanted.length > path.length &&
      path.every((key, index) => wanted[index] === "*" || wanted[index] === key)
    );
  });
}
