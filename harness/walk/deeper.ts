import { REPLY } from "../clients/client.ts";
import type { ProviderReply } from "../scenario/provider-schema.ts";
import { deed, type Stop, type Tour } from "./stop.ts";

const TIMES = 100;
const TOOL_REPLY = "The tool has spoken.";
const QUESTION = "Which colour shall it be?";
const COMMAND = "run a command for me";
const ASKING = "ask me about the colour";
const REFUSED = "say something impossible";

/** Each of these is said in a session of its own: a reply is chosen by everything that was said before. */
export const DEEPER_REPLIES: readonly ProviderReply[] = [
  { when: REFUSED, error: { status: 400, message: "that cannot be said" }, times: TIMES },
  ...withTool(COMMAND, "exec", { command: "echo walked" }),
  ...withTool(ASKING, "ask_user", {
    questions: [
      {
        id: "colour",
        header: "Colour",
        question: QUESTION,
        options: [
          { label: "Red", description: "warm" },
          { label: "Blue", description: "cold" },
        ],
      },
    ],
  }),
];

function withTool(when: string, name: string, args: Record<string, unknown>): ProviderReply[] {
  return [
    { when, afterTool: false, tools: [{ name, arguments: args }], times: TIMES },
    { when, afterTool: true, text: TOOL_REPLY, times: TIMES },
  ];
}

/** The debug page makes what the other pages have no button for, over the same socket. */
export async function callThroughDebug(tour: Tour, method: string, params: object): Promise<void> {
  await tour.open("/debug");
  await tour.page.getByRole("combobox", { name: "Method" }).selectOption(method);
  await tour.page.getByRole("textbox", { name: "Params (JSON)" }).fill(JSON.stringify(params));
  await tour.page.getByRole("button", { name: "Call", exact: true }).click();
}

/** A session with a chosen key, which no model is asked to name. */
async function openSession(tour: Tour, name: string): Promise<void> {
  await callThroughDebug(tour, "sessions.create", { key: `agent:main:${name}` });
  await tour.page.getByText(`"agent:main:${name}"`).first().waitFor();
  await tour.open(`/chat/main/${name}`);
}

const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

const TURNS: readonly Stop[] = [
  deed("deeper/tool", async (tour) => {
    await openSession(tour, "walk-tool");
    await tour.say(COMMAND);
    await tour.sees(TOOL_REPLY);
  }),
  deed("deeper/tool-card", (tour) =>
    tour.page
      .getByText(/^(1 command|echo walked)$/)
      .last()
      .click(),
  ),
  deed("deeper/question", async (tour) => {
    await openSession(tour, "walk-question");
    await tour.say(ASKING);
    await tour.page.getByText(QUESTION).first().waitFor();
  }),
  deed("deeper/refused", async (tour) => {
    await openSession(tour, "walk-refused");
    await tour.say(REFUSED);
    await tour.page
      .getByRole("alert")
      .filter({ hasText: /LLM request failed/ })
      .first()
      .waitFor();
  }),
  deed("deeper/attachment", async (tour) => {
    await openSession(tour, "walk-picture");
    const buffer = Buffer.from(PIXEL, "base64");
    const picture = { name: "dot.png", mimeType: "image/png", buffer };
    await tour.page.locator("input[type=file]").first().setInputFiles(picture);
    await tour.settled();
    await tour.say("see this dot");
    await tour.page.getByText(REPLY).last().waitFor();
  }),
];

const MENUS: readonly Stop[] = [
  deed("deeper/slash-menu", async (tour) => {
    await tour.open("/chat/main");
    await tour.composer().fill("/");
  }),
  deed("deeper/permissions", async (tour) => {
    await tour.composer().fill("");
    await tour.click("button", /^Execution permissions/);
  }),
  deed("deeper/chat-actions", async (tour) => {
    await tour.open("/chat/main/walk-tool");
    await tour.click("button", /^Actions for/);
  }),
  deed("deeper/palette", async (tour) => {
    await tour.open("/chat/main");
    await tour.click("button", "Open command palette");
    await tour.page.keyboard.type("usage");
  }),
  deed("deeper/session-filter", async (tour) => {
    await tour.open("/chat/main");
    await tour.click("button", "Filter & sort");
  }),
];

const agentTab = (name: string): Stop =>
  deed(`deeper/agent-${name.toLowerCase()}`, async (tour) => {
    await tour.open("/settings/agents");
    await tour.click("tab", name);
  });

const PLACES: readonly Stop[] = [
  deed("deeper/session-details", async (tour) => {
    await tour.open("/sessions");
    await tour.click("button", "Show session details for agent:main:walk-tool");
  }),
  deed("deeper/usage-of-a-week", async (tour) => {
    await tour.open("/usage");
    await tour.click("button", "7d");
    await tour.page
      .getByText(/usage overview/i)
      .first()
      .waitFor();
  }),
  ...["Files", "Tools", "Skills", "Channels", "Automations", "Memory"].map(agentTab),
];

const WIDE = { width: 1280, height: 1000 };
const NARROW = { width: 390, height: 844 };

const LOOKS: readonly Stop[] = [
  deed("deeper/narrow", async (tour) => {
    await tour.page.setViewportSize(NARROW);
    await tour.open("/chat/main");
  }),
  deed("deeper/dark", async (tour) => {
    await tour.page.setViewportSize(WIDE);
    await tour.page.emulateMedia({ colorScheme: "dark" });
    await tour.open("/chat/main");
  }),
  deed("deeper/killed", async (tour) => {
    const { control } = tour.gateway;
    if (control === undefined) throw new Error("this gateway cannot be killed");
    await tour.page.emulateMedia({ colorScheme: "light" });
    await tour.composer().fill("a draft that outlives it");
    await control.kill();
    await control.start();
    await tour.answered(/^connect$/);
  }),
];

/** What one does on the pages once they work at all. */
export const DEEPER: readonly Stop[] = [...TURNS, ...MENUS, ...PLACES, ...LOOKS];
