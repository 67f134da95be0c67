import type { Clock } from "../../platform/clock.ts";
import { isoTime } from "../../platform/iso.ts";
import type { Agents } from "../agents/index.ts";
import { type ConfigSource, type JsonRecord, section } from "../config/index.ts";
import { type Prompter, WizardCancelled, type WizardScript } from "../wizards/index.ts";
import type { Setup } from "./index.ts";

export interface ScriptParts {
  readonly setup: Setup;
  readonly agents: Agents;
  readonly config: ConfigSource;
  readonly clock: Clock;
  readonly version: string;
}

export interface SetupRequest {
  readonly mode?: "local" | "remote";
  readonly workspace?: string;
}

const DISCLAIMER = [
  "An agent can read files and run commands on this machine as far as its tools allow.",
  "What others write to it can mislead it. One gateway is meant for one person: people who must not see each other's things need gateways of their own.",
  "",
  "Before you go on:",
  "- let only people in whom you know, by pairing or by a list;",
  "- give an agent the tools it needs and no others, in a sandbox where you can;",
  "- keep secrets where its tools do not reach.",
].join("\n");

/** The first set-up, or another walk through it: what is not changed stays as it is. */
export function setupScript(parts: ScriptParts, request: SetupRequest): WizardScript {
  return async (prompter) => {
    await prompter.note("OpenClaw setup", "");
    await acknowledge(prompter, parts);
    const mode = request.mode ?? "local";
    if (mode === "remote") await remote(prompter, parts);
    else await local(prompter, parts, request);
    await parts.setup.change((config) => ({
      ...config,
      wizard: {
        ...section(config, "wizard"),
        lastRunAt: isoTime(parts.clock.now()),
        lastRunVersion: parts.version,
        lastRunCommand: "onboard",
        lastRunMode: mode,
      },
    }));
    await prompter.note("Done", "The gateway is set up.");
  };
}

/** Asked once; the answer is kept with its time. */
async function acknowledge(prompter: Prompter, { setup, config, clock }: ScriptParts): Promise<void> {
  if (typeof section(config.snapshot().source, "wizard")["securityAcknowledgedAt"] === "string") return;
  await prompter.note("Security disclaimer", DISCLAIMER);
  const isAccepted = await prompter.ask({
    type: "confirm",
    message: "This gateway is for one person unless I lock it down for more. Go on?",
    initialValue: true,
  });
  if (isAccepted !== true) throw new WizardCancelled("risk not accepted");
  await setup.change((before) => ({
    ...before,
    wizard: { ...section(before, "wizard"), securityAcknowledgedAt: isoTime(clock.now()) },
  }));
}

async function local(prompter: Prompter, parts: ScriptParts, request: SetupRequest): Promise<void> {
  const { agents, setup } = parts;
  const model = agents.get(agents.defaultId)?.model;
  const flow = await prompter.ask({
    type: "select",
    message: "Setup mode",
    options: [
      ...(model === undefined ? [] : [{ value: "keep", label: "Keep existing model config", hint: model }]),
      { value: "quickstart", label: "QuickStart (recommended)" },
      { value: "advanced", label: "Manual setup" },
    ],
    initialValue: model === undefined ? "quickstart" : "keep",
  });
  const workspace =
    request.workspace ?? (flow === "advanced" ? await askWorkspace(prompter, parts) : undefined);
  if (workspace !== undefined) await setup.change((config) => withWorkspace(config, workspace));
  if (flow !== "keep") await signIn(prompter, parts);
}

async function askWorkspace(prompter: Prompter, { agents }: ScriptParts): Promise<string | undefined> {
  const current = agents.get(agents.defaultId)?.workspace ?? "";
  const answer = await prompter.ask({ type: "text", message: "Workspace directory", initialValue: current });
  const folder = typeof answer === "string" ? answer.trim() : "";
  return folder === "" || folder === current ? undefined : folder;
}

function withWorkspace(config: JsonRecord, workspace: string): JsonRecord {
  const agents = section(config, "agents");
  return { ...config, agents: { ...agents, defaults: { ...section(agents, "defaults"), workspace } } };
}

/** A key for one of the services; asked again until it works or is given up. */
async function signIn(prompter: Prompter, { setup }: ScriptParts): Promise<void> {
  const { KEY_PROVIDERS } = await import("./choices.ts");
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- a person answers one question after another
    const authChoice = await prompter.ask({
      type: "select",
      message: "Model/auth provider",
      options: [
        ...KEY_PROVIDERS.map(({ id, label }) => ({ value: id, label })),
        { value: "skip", label: "Skip for now" },
      ],
      initialValue: "skip",
    });
    if (typeof authChoice !== "string" || authChoice === "skip") return;
    // oxlint-disable-next-line no-await-in-loop -- as above
    const apiKey = await prompter.ask({ type: "text", message: "API key", sensitive: true });
    // oxlint-disable-next-line no-await-in-loop -- as above
    const outcome = await setup.activate({ kind: "api-key", authChoice, apiKey: String(apiKey ?? "") });
    if (outcome["ok"] === true) return;
    // oxlint-disable-next-line no-await-in-loop -- as above
    await prompter.note("Not yet", String(outcome["error"]));
  }
}

async function remote(prompter: Prompter, { setup, config }: ScriptParts): Promise<void> {
  const known = section(section(config.snapshot().source, "gateway"), "remote")["url"];
  const answer = await prompter.ask({
    type: "text",
    message: "Gateway WebSocket URL",
    initialValue: typeof known === "string" ? known : "ws://127.0.0.1:18789",
  });
  const url = URL.parse(String(answer ?? ""));
  if (url === null || !["ws:", "wss:"].includes(url.protocol))
    throw new Error("URL must start with ws:// or wss://");
  await setup.change((before) => {
    const gateway = section(before, "gateway");
    return { ...before, gateway: { ...gateway, remote: { ...section(gateway, "remote"), url: url.href } } };
  });
}

/** Channels are plugins of the reference; none is installed, so there is nothing to choose. */
export function channelScript(channel: string | undefined, known: readonly string[]): WizardScript {
  return async (prompter) => {
    if (channel !== undefined && !known.includes(channel)) {
      throw new Error(
        `Unknown channel "${channel}". Run \`openclaw channels list --all\` to see configured and installable channels.`,
      );
    }
    await prompter.note("Channel setup", "");
    await prompter.note("Channel setup", "No channel is installed on this gateway.");
  };
}

/** A sign-in that was chosen from the list of `detect`. */
export function accessScript(setup: Setup, authChoice: string): WizardScript {
  return async (prompter) => {
    const { KEY_PROVIDERS } = await import("./choices.ts");
    const choice = KEY_PROVIDERS.find(({ id }) => id === authChoice);
    if (choice === undefined) throw new Error("That provider setup is not available on this Gateway.");
    const apiKey = await prompter.ask({ type: "text", message: choice.label, sensitive: true });
    const outcome = await setup.activate({ kind: "api-key", authChoice, apiKey: String(apiKey ?? "") });
    if (outcome["ok"] !== true) throw new Error(String(outcome["error"]));
  };
}
