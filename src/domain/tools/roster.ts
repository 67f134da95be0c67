/** Which profiles switch a tool on by themselves. `full` is all of them. */
export type Profile = "minimal" | "coding" | "messaging";

/** A tool that a policy may name: what it is for, in a line, and what it is called on a screen. */
export interface RosterTool {
  readonly id: string;
  readonly profiles: readonly Profile[];
  readonly description: string;
  readonly title?: string;
}

export interface RosterGroup {
  readonly id: string;
  readonly label: string;
  readonly tools: readonly RosterTool[];
}

const NONE: readonly Profile[] = [];
const CODING: readonly Profile[] = ["coding"];
const MESSAGING: readonly Profile[] = ["messaging"];
const BOTH: readonly Profile[] = ["coding", "messaging"];
const EVERY: readonly Profile[] = ["minimal", "coding", "messaging"];

function tool(id: string, profiles: readonly Profile[], description: string, title?: string): RosterTool {
  return { id, profiles, description, ...(title === undefined ? {} : { title }) };
}

/** The built-in tools by group, in the order in which they are shown. */
export const ROSTER: readonly RosterGroup[] = [
  {
    id: "fs",
    label: "Files",
    tools: [
      tool("ls", CODING, "Show what a folder holds."),
      tool("read", CODING, "Look into a file."),
      tool("write", CODING, "Make a file or replace one."),
      tool("edit", CODING, "Change passages of a file."),
      tool("apply_patch", CODING, "Change several files by a patch."),
    ],
  },
  {
    id: "runtime",
    label: "Runtime",
    tools: [
      tool("exec", CODING, "Run a command."),
      tool("process", CODING, "Look after commands that go on."),
      tool("code_execution", CODING, "Run code apart from this machine."),
      tool("secrets", BOTH, "Ask for the use of a kept secret."),
    ],
  },
  {
    id: "web",
    label: "Web",
    tools: [
      tool("web_search", CODING, "Search the web."),
      tool("web_fetch", CODING, "Read a page of the web."),
      tool("x_search", CODING, "Search the posts of X."),
    ],
  },
  {
    id: "memory",
    label: "Memory",
    tools: [
      tool("memory_search", CODING, "Search what was noted before."),
      tool("memory_get", CODING, "Read a note."),
    ],
  },
  {
    id: "sessions",
    label: "Sessions",
    tools: [
      tool("sessions", BOTH, "Change the settings of this session.", "Session Settings"),
      tool("sessions_list", BOTH, "See which sessions there are.", "Sessions (sessions_list)"),
      tool("sessions_history", BOTH, "Read what was said in a session.", "Session History"),
      tool("sessions_search", BOTH, "Search what was said in sessions."),
      tool("conversations_list", BOTH, "See who can be written to.", "Conversations"),
      tool("conversations_send", BOTH, "Write into a conversation.", "Conversation Send"),
      tool("conversations_turn", BOTH, "Write into a conversation and wait.", "Conversation Turn"),
      tool("sessions_send", BOTH, "Say something in another session.", "Session Send"),
      tool("sessions_spawn", BOTH, "Give work to an agent beside this one.", "Sessions (sessions_spawn)"),
      tool("agents_wait", CODING, "Wait for agents that were given work.", "Wait for Agents"),
      tool("sessions_yield", BOTH, "End the turn until others are done.", "Yield"),
      tool("subagents", BOTH, "Look after agents that were given work."),
      tool("session_status", EVERY, "See how this session stands.", "Session Status"),
      tool("suggest_task", CODING, "Offer work for a session of its own."),
      tool("dismiss_task", CODING, "Take back offered work."),
    ],
  },
  {
    id: "ui",
    label: "UI",
    tools: [
      tool("browser", NONE, "Use a browser."),
      tool("screen", CODING, "Show something on the person's screen."),
      tool("theme", BOTH, "Change how the Control UI looks."),
      tool("dashboard", CODING, "Put widgets on the board of this session."),
      tool("terminal", CODING, "Use a terminal that a person opened here."),
      tool("portal", CODING, "Open a port of this machine to a browser."),
      tool("canvas", NONE, "Draw on the canvas of a node."),
      tool("show_widget", NONE, "Show a widget in the chat."),
    ],
  },
  {
    id: "messaging",
    label: "Messaging",
    tools: [tool("message", MESSAGING, "Write to people on a chat network.")],
  },
  {
    id: "automation",
    label: "Automation",
    tools: [
      tool("heartbeat_respond", NONE, "Say what came of a wake-up."),
      tool("automations", CODING, "Schedule work."),
      tool("gateway", EVERY, "Look at the gateway and its settings."),
      tool("plugins", CODING, "Look after plugins."),
      tool("openclaw", NONE, "Set up the gateway for its owner.", "OpenClaw"),
    ],
  },
  {
    id: "nodes",
    label: "Nodes",
    tools: [
      tool("nodes", NONE, "Use the devices that are paired."),
      tool("computer", NONE, "Use mouse and keyboard of a computer."),
      tool("mobile_ui", NONE, "Use the screen of a phone.", "Mobile UI"),
    ],
  },
  {
    id: "agents",
    label: "Agents",
    tools: [
      tool("agents_list", NONE, "See which agents work can be given to.", "Agents"),
      tool("get_goal", CODING, "See what this session is after."),
      tool("create_goal", CODING, "Set what this session is after."),
      tool("update_goal", CODING, "Say how far the goal is."),
      tool("progress_card", CODING, "Show how far the work is."),
      tool("ask_user", BOTH, "Ask the person something."),
      tool("skill_workshop", CODING, "Propose a skill."),
    ],
  },
  {
    id: "media",
    label: "Media",
    tools: [
      tool("view_image", CODING, "Look at pictures."),
      tool("image_generate", CODING, "Make a picture."),
      tool("music_generate", CODING, "Make music."),
      tool("video_generate", CODING, "Make a film."),
      tool("tts", NONE, "Say something aloud.", "TTS"),
      tool("pdf", NONE, "Read a PDF."),
    ],
  },
];

/** The tools that bundled plugins bring, shown while the plugin is in force. */
export const PLUGIN_ROSTER: readonly (RosterGroup & { readonly pluginId: string })[] = [
  {
    id: "plugin:file-transfer",
    label: "file-transfer",
    pluginId: "file-transfer",
    tools: [
      tool("dir_fetch", NONE, "Bring a folder of a node here.", "Directory Fetch"),
      tool("dir_list", NONE, "Show what a folder of a node holds.", "Directory List"),
      tool("file_fetch", NONE, "Bring a file of a node here.", "File Fetch"),
      tool("file_write", NONE, "Put a file on a node.", "File Write"),
    ],
  },
  {
    id: "plugin:ollama",
    label: "ollama",
    pluginId: "ollama",
    tools: [tool("node_inference", NONE, "Ask a model on a node.", "Node Inference")],
  },
  {
    id: "plugin:memory-core",
    label: "OpenClaw Memory",
    pluginId: "memory-core",
    tools: [tool("intent", NONE, "Note what the person is after.")],
  },
  {
    id: "plugin:talk-voice",
    label: "talk-voice",
    pluginId: "talk-voice",
    tools: [tool("talk_voice", NONE, "Change the voice of a talk.", "Talk Voice")],
  },
];
