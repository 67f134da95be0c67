import type { Model } from "./index.ts";

const level = (id: string) => ({ id, label: id });
const LEVELS_NONE = [level("off")];
const LEVELS_ALL = ["off", "minimal", "low", "medium", "high"].map(level);

/** How hard a model can be asked to think. */
export function thinkingLevels(model: Model | undefined) {
  return model?.reasoning === true ? LEVELS_ALL : LEVELS_NONE;
}

export function thinkingDefault(model: Model | undefined): string {
  return model?.reasoning === true ? "medium" : "off";
}

/** A line of `models.list`. */
export function modelRow(
  model: Model,
  options: {
    readonly defaultModel: string;
    readonly hasInput: boolean;
    readonly hasLocality: boolean;
    readonly isLocal: boolean;
    /** Whether the reader knows that a model may be one which nobody may choose. */
    readonly hasPolicy?: boolean;
  },
) {
  return {
    id: model.id,
    name: model.name,
    provider: model.provider,
    contextWindow: model.contextWindow,
    ...(options.hasLocality && options.isLocal ? { local: true } : {}),
    ...(options.hasInput ? { input: model.input } : {}),
    reasoning: model.reasoning,
    ...(`${model.provider}/${model.id}` === options.defaultModel ? { tags: ["default"] } : {}),
    thinkingLevels: thinkingLevels(model),
    thinkingDefault: thinkingDefault(model),
    ...(options.hasPolicy ? { manualSelectionAllowed: true } : {}),
    available: true,
  };
}
