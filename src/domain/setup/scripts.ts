import type { Clock } from "../../platform/clock.ts";
import { isoTime } from "../../platform/iso.ts";
import type { Agents } from "../agents/index.ts";
import { type ConfigSource, type JsonRecord, section } from "../config/index.ts";
import { type Prompter, WizardCancelled, type WizardOption, type WizardScript } from "../wizards/index.ts";
import type { Setup } from "./index.ts";
import { signIn } from "./sign-in.ts";

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

type Flow = "keep-model" | "quickstart" | "advanced" | "import";

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
    const consents = await consent(prompter, parts);
    const flow = await chooseFlow(prompter, parts);
    if (flow !== "keep-model") await prompter.note("Existing config detected", describe(parts));
    const mode = request.mode ?? (flow === "advanced" ? await chooseMode(prompter, parts) : "local");
    if (mode === "remote") await remote(prompter, parts, flow);
    else await local(prompter, parts, { ...request, flow });
    await parts.setup.change((config) => ({
      ...config,
      ...consents(config),
      wizard: {
        ...section(config, "wizard"),
        ...section(consents(config), "wizard"),
        lastRunAt: isoTime(parts.clock.now()),
        lastRunVersion: parts.version,
        lastRunCommand: "onboard",
        lastRunMode: mode,
      },
    }));
    await prompter.note(
      "Control UI",
      "The gateway is set up. Open its page in a browser, or talk to it from any client.",
    );
  };
}

/** What is asked for once. The answers are kept with their time, when the wizard is done. */
async function consent(
  prompter: Prompter,
  { config, clock }: ScriptParts,
): Promise<(config: JsonRecord) => JsonRecord> {
  const { source } = config.snapshot();
  const isAcknowledged = typeof section(source, "wizard")["securityAcknowledgedAt"] === "string";
  const isAsked = typeof section(source, "telemetry")["consentedAt"] === "string";
  if (!isAcknowledged) {
    await prompter.note("Security disclaimer", DISCLAIMER);
    const isAccepted = await prompter.ask({
      type: "confirm",
      message: "This gateway is for one person unless I lock it down for more. Go on?",
      initialValue: true,
    });
    if (isAccepted !== true) throw new WizardCancelled("risk not accepted");
  }
  let isSharing: unknown = false;
  if (!isAsked) {
    const title = "Help make OpenClaw better?";
    await prompter.note(
      title,
      "This gateway sends no figures to anybody. The answer is kept for one that would.",
    );
    isSharing = await prompter.ask({
      type: "select",
      message: title,
      options: [
        { value: false, label: "No thanks" },
        { value: true, label: "Yes, share feature stats" },
      ],
      initialValue: false,
    });
  }
  const now = isoTime(clock.now());
  return (before) => ({
    ...(isAcknowledged ? {} : { wizard: { ...section(before, "wizard"), securityAcknowledgedAt: now } }),
    ...(isAsked ? {} : { telemetry: { enabled: isSharing === true, consentedAt: now } }),
  });
}

async function chooseFlow(prompter: Prompter, { agents }: ScriptParts): Promise<Flow> {
  const hasModel = agents.get(agents.defaultId)?.model !== undefined;
  const keep: WizardOption = {
    value: "keep-model",
    label: "Keep existing model config",
    hint: "The model stays as it is.",
  };
  const answer = await prompter.ask({
    type: "select",
    message: "Setup mode",
    options: [
      ...(hasModel ? [keep] : []),
      {
        value: "quickstart",
        label: "QuickStart (recommended)",
        hint: "What most people want; all of it can be changed.",
      },
      { value: "advanced", label: "Manual setup", hint: "Each thing is asked about." },
    ],
    initialValue: hasModel ? "keep-model" : "quickstart",
  });
  return answer === "quickstart" || answer === "advanced" || answer === "import" ? answer : "keep-model";
}

function describe({ agents, config }: ScriptParts): string {
  const agent = agents.get(agents.defaultId);
  const { port } = config.current().gateway;
  return [
    `Workspace: ${agent?.workspace ?? "none"}`,
    `Model: ${agent?.model ?? "none"}`,
    `Gateway: local on :${port}`,
  ].join("\n");
}

async function chooseMode(prompter: Prompter, { config }: ScriptParts): Promise<"local" | "remote"> {
  const { port } = config.current().gateway;
  const answer = await prompter.ask({
    type: "select",
    message: "What do you want to set up?",
    options: [
      {
        value: "local",
        label: "Local gateway (this machine)",
        hint: `Gateway reachable (ws://127.0.0.1:${port})`,
      },
      {
        value: "remote",
        label: "Remote gateway (info-only)",
        hint: "Where this machine's clients should go",
      },
    ],
  });
  return answer === "remote" ? "remote" : "local";
}

async function local(
  prompter: Prompter,
  parts: ScriptParts,
  request: SetupRequest & { readonly flow: Flow },
): Promise<void> {
  const { flow } = request;
  const { setup } = parts;
  if (flow !== "advanced") await prompter.note("QuickStart", `What is set stays.\n${describe(parts)}`);
  const workspace =
    request.workspace ?? (flow === "advanced" ? await askWorkspace(prompter, parts) : undefined);
  if (workspace !== undefined) await setup.change((config) => withWorkspace(config, workspace));
  if (flow !== "keep-model") await signIn(prompter, setup);
  const isTried = await prompter.ask({
    type: "confirm",
    message: "Test AI access now with a live completion?",
    initialValue: true,
  });
  if (isTried !== true) return;
  prompter.progress("Testing AI access with a live completion…");
  const verdict = await setup.verify({});
  const said = verdict.ok
    ? `AI access works. Replied in ${(verdict.latencyMs / 1_000).toFixed(1)}s.`
    : `AI access does not work yet: ${verdict.error}`;
  await prompter.note("AI access test", said);
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

async function remote(prompter: Prompter, { setup, config }: ScriptParts, flow: Flow): Promise<void> {
  if (flow !== "advanced") {
    await prompter.note("QuickStart", "A gateway elsewhere is set up by hand. Going on that way.");
  }
  const known = section(section(config.snapshot().source, "gateway"), "remote")["url"];
  const answer = await prompter.ask({
    type: "text",
    message: "Gateway WebSocket URL",
    initialValue: typeof known === "string" ? known : "ws://127.0.0.1:18789",
  });
  const url = URL.parse(String(answer ?? ""));
  if (url === null || !["ws:", "wss:"].includes(url.protocol)) {
    throw new Error("URL must start with ws:// or wss://");
  }
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
    const isWanted =
      channel !== undefined ||
      (await prompter.ask({ type: "confirm", message: "Set up a chat channel now?", initialValue: true })) ===
        true;
    if (!isWanted) return;
    await prompter.note(
      "How channels work",
      "Whom nobody knows gets a code first and is let in once it was approved. No channel is installed on this gateway.",
    );
  };
}
