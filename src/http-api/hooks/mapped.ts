import { POLICY } from "../../../schemas/policy.ts";
import type { AgentHook, WakeHook } from "./agent-hook.ts";
import type { HookMapping } from "./settings.ts";
import { render, type TemplateContext } from "./template.ts";

export type Action =
  | { readonly kind: "wake"; readonly wake: WakeHook }
  | { readonly kind: "agent"; readonly agent: AgentHook };

/** The first mapping that a request fits. */
export function mappingFor(
  mappings: readonly HookMapping[],
  path: string,
  payload: Readonly<Record<string, unknown>>,
): HookMapping | undefined {
  return mappings.find(
    (mapping) =>
      (mapping.path === undefined || mapping.path === path) &&
      (mapping.source === undefined || mapping.source === payload["source"]),
  );
}

/** What a mapping makes of a request: one action, or one for each item of a list. */
export function actionsOf(mapping: HookMapping, context: TemplateContext): readonly (Action | string)[] {
  const { forEach } = mapping;
  if (forEach === undefined) return [actionOf(mapping, context)];
  const items = Object.hasOwn(context.payload, forEach) ? context.payload[forEach] : undefined;
  if (!Array.isArray(items)) return [];
  return (items as readonly unknown[])
    .slice(0, POLICY.hookItemsMax)
    .map((item) => actionOf(mapping, { ...context, payload: { ...context.payload, [forEach]: [item] } }));
}

function actionOf(mapping: HookMapping, context: TemplateContext): Action | string {
  const filled = (name: keyof HookMapping["texts"]): string | undefined => {
    const template = mapping.texts[name];
    const text = template === undefined ? "" : render(template, context).trim();
    return text === "" ? undefined : text;
  };
  const sessionKey = filled("sessionKey");
  if (mapping.texts.sessionKey !== undefined && sessionKey === undefined) {
    return "hook mapping sessionKey template rendered empty";
  }
  const { agentId } = mapping.texts;
  if (mapping.action === "wake") {
    const text = filled("textTemplate");
    if (text === undefined) return "hook mapping requires text";
    return { kind: "wake", wake: { text, mode: mapping.wakeMode, agentId, sessionKey } };
  }
  const message = filled("messageTemplate");
  if (message === undefined) return "hook mapping requires message";
  const agent: AgentHook = {
    message,
    name: filled("name") ?? "Hook",
    agentId,
    sessionKey,
    isPersistent: mapping.texts.sessionMode === "persistent",
    idempotencyKey: undefined,
    waits: false,
    wakeMode: mapping.wakeMode,
    deliver: mapping.deliver,
    channel: undefined,
    to: undefined,
    model: filled("model"),
    thinking: filled("thinking"),
    timeoutSeconds: mapping.timeoutSeconds,
  };
  return { kind: "agent", agent };
}
