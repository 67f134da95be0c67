import { REPLY } from "../clients/client.ts";
import type { ProviderReply } from "../scenario/provider-schema.ts";
import { callThroughDebug, DEEPER, DEEPER_REPLIES } from "./deeper.ts";
import { deed, type Stop, type Tour } from "./stop.ts";

const REPLIES_MAX = 1000;
const GATE = "walk-stopped";
const HELLO = "hello from the walk";
const LONG = "tell me something long";
const BEGINNING = "Once upon a time";

/** What the model says: an answer that never ends by itself, what the deeper deeds need, one sentence to the rest. */
export const REPLIES: readonly ProviderReply[] = [
  ...DEEPER_REPLIES,
  {
    when: LONG,
    chunks: [BEGINNING, " there was", " a stage."],
    hold: GATE,
    holdAfterChunks: 1,
    times: REPLIES_MAX,
  },
  { text: REPLY, times: REPLIES_MAX },
];

const CHAT: readonly Stop[] = [
  deed("chat/answered", async (tour) => {
    await tour.open("/chat/main");
    await tour.say(HELLO);
    await tour.sees(REPLY);
  }),
  deed("chat/reloaded", async (tour) => {
    await tour.page.reload();
    await tour.sees(HELLO);
    await tour.sees(REPLY);
  }),
  deed("chat/status-command", async (tour) => {
    await tour.composer().fill("/status");
    await tour.page.keyboard.press("Escape");
    await tour.composer().press("Enter");
    await tour.page
      .getByText(/Uptime/)
      .first()
      .waitFor();
  }),
  deed("chat/stopped", async (tour) => {
    await tour.open("/chat/main");
    await tour.say(LONG);
    await tour.page.getByText(BEGINNING).first().waitFor();
    await tour.click("button", /^Stop/);
    await tour.page.getByRole("button", { name: /^Stop/ }).first().waitFor({ state: "hidden" });
    tour.gateway.tape.release(GATE);
  }),
];

const SESSIONS: readonly Stop[] = [
  deed("session/made", async (tour) => {
    await tour.open("/new");
    await tour.say("a session of its own");
    await tour.sees(REPLY);
  }),
  deed("session/renamed", async (tour) => {
    await openSessionMenu(tour);
    await tour.click("menuitem", /^Rename/);
    const field = tour.page.locator("input:focus, dialog input:visible, [role=dialog] input:visible").first();
    await field.fill("Walked session");
    await field.press("Enter");
    await tour.sees("Walked session");
  }),
  deed("session/pinned", async (tour) => {
    await openSessionMenu(tour);
    await tour.click("menuitem", /^Pin/);
  }),
  deed("session/archived", async (tour) => {
    await openSessionMenu(tour);
    await tour.click("menuitem", /^Archive/);
    await tour.page.getByText("Walked session").first().waitFor({ state: "hidden" });
  }),
  deed("session/deleted", async (tour) => {
    await tour.open("/sessions");
    await tour.page.getByText("Archived", { exact: true }).first().click();
    await tour.sees("Walked session");
    await tour.settled();
    await tour.page.getByRole("button", { name: "Open session menu" }).first().click();
    await tour.click("menuitem", /^Delete/);
    await tour.confirm("Delete");
    await tour.page.getByText("Walked session").first().waitFor({ state: "hidden" });
  }),
];

/** The newest session stands first in the list of sessions. */
async function openSessionMenu(tour: Tour): Promise<void> {
  await tour.open("/sessions");
  await tour.page.getByRole("button", { name: "Open session menu" }).first().click();
}

const AUTOMATIONS: readonly Stop[] = [
  deed("cron/made", async (tour) => {
    await tour.open("/automations");
    await tour.click("button", "New automation");
    await tour.page.getByRole("textbox", { name: /^Prompt/ }).fill("say the part");
    await tour.page.getByRole("textbox", { name: /^Name/ }).fill("Walk job");
    await tour.page.getByRole("button", { name: "Create automation", exact: true }).click();
    await tour.page.getByRole("button", { name: "Run now: Walk job" }).waitFor();
  }),
  deed("cron/run", async (tour) => {
    await tour.click("button", "Run now: Walk job");
    await tour.click("tab", "Run history");
    await tour.page.getByText(REPLY).first().waitFor();
  }),
  deed("cron/reloaded", async (tour) => {
    await tour.open("/automations");
    await tour.page.getByText("Walk job").first().click();
    await tour.page.getByRole("tab", { name: "Settings" }).waitFor();
  }),
  deed("cron/deleted", async (tour) => {
    await tour.open("/automations");
    await tour.click("button", "More actions for Walk job");
    await tour.click("menuitem", "Remove");
    await tour.confirm("Remove");
    await tour.page.getByText("Walk job").first().waitFor({ state: "hidden" });
  }),
];

const CONFIG: readonly Stop[] = [
  deed("config/changed", async (tour) => {
    await tour.open("/settings/automation");
    await tour.page.getByRole("switch", { name: "Restart" }).click({ force: true });
    await tour.answered(/^config\.(set|patch)$/);
  }),
  deed("config/reloaded", async (tour) => {
    await tour.page.reload();
    await tour.page.getByRole("switch", { name: "Restart", checked: false }).waitFor();
  }),
];

/** The pages of this version make no agent themselves: its own debug page does, over the same socket. */
const AGENTS: readonly Stop[] = [
  deed("agent/made", async (tour) => {
    const workspace = `${tour.gateway.home}/walker`;
    await callThroughDebug(tour, "agents.create", { name: "Walker", workspace });
    await tour.page.getByText('"agentId": "walker"').first().waitFor();
  }),
  deed("agent/shown", async (tour) => {
    await tour.open("/agents");
    await tour.sees("Walker");
  }),
  deed("agent/settings", async (tour) => {
    await tour.open("/settings/agents?agent=walker");
  }),
  deed("agent/chat", async (tour) => {
    await tour.open("/chat/walker");
    await tour.say(HELLO);
    await tour.sees(REPLY);
  }),
];

export const DEEDS: readonly Stop[] = [...CHAT, ...SESSIONS, ...AUTOMATIONS, ...CONFIG, ...AGENTS, ...DEEPER];
