import type { Prompter, WizardScript } from "../wizards/index.ts";
import type { Activation, Setup } from "./index.ts";

/** A key for one of the services; asked again until one works or it is given up. */
export async function signIn(prompter: Prompter, setup: Setup): Promise<void> {
  const { KEY_PROVIDERS } = await import("./choices.ts");
  const groups = [...new Map(KEY_PROVIDERS.map((one) => [one.brandId, one])).values()];
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- a person answers one question after another
    const brandId = await prompter.ask({
      type: "select",
      message: "Model/auth provider",
      options: [
        ...groups.map((one) => ({ value: one.brandId, label: one.groupLabel })),
        { value: "skip", label: "Skip for now" },
      ],
    });
    if (brandId === "skip") return;
    const choice = KEY_PROVIDERS.find((one) => one.brandId === brandId);
    if (choice === undefined) {
      // oxlint-disable-next-line no-await-in-loop -- as above
      await prompter.note("Model/auth choice", "No auth methods available for that provider.");
      continue;
    }
    // oxlint-disable-next-line no-await-in-loop -- as above
    const outcome = await withKey(prompter, setup, choice);
    if (outcome["ok"] === true) return;
    // oxlint-disable-next-line no-await-in-loop -- as above
    await prompter.note("Model/auth choice", String(outcome["error"]));
  }
}

async function withKey(
  prompter: Prompter,
  setup: Setup,
  choice: { readonly id: string; readonly groupLabel: string },
) {
  const apiKey = await prompter.ask({
    type: "text",
    message: `Enter ${choice.groupLabel} API key`,
    placeholder: "API key",
    sensitive: true,
  });
  prompter.progress("Testing your AI connection…");
  return await setup.activate({ kind: "api-key", authChoice: choice.id, apiKey: String(apiKey ?? "") });
}

/** A sign-in that was chosen from the list of `detect`. */
export function accessScript(setup: Setup, authChoice: string): WizardScript {
  return async (prompter) => {
    const { KEY_PROVIDERS } = await import("./choices.ts");
    const choice = KEY_PROVIDERS.find(({ id }) => id === authChoice);
    if (choice === undefined) throw new Error("That provider setup is not available on this Gateway.");
    return endOf(await withKey(prompter, setup, choice));
  };
}

/** A model that was chosen from the list of `detect`. */
export function activationScript(setup: Setup, activation: Activation): WizardScript {
  return async (prompter) => {
    prompter.progress("Testing your AI connection…");
    return endOf(await setup.activate(activation));
  };
}

function endOf(outcome: Readonly<Record<string, unknown>>) {
  if (outcome["ok"] !== true) throw new Error(String(outcome["error"]));
  return { modelActivation: { modelRef: String(outcome["modelRef"]) } };
}
