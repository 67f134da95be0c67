/**
 * The voice services that clients can offer: names, models, voices and formats, as facts about those services. None
 * of them is configured: this gateway has no adapter that would speak to one, so a key for it changes nothing.
 */
const OPENAI_VOICES = ["alloy", "ash", "ballad", "cedar", "coral", "echo", "fable", "juniper", "marin"];

export interface SpeechProvider {
  readonly id: string;
  readonly label: string;
  readonly models: readonly string[];
  readonly voices: readonly string[];
}

export const SPEECH: readonly SpeechProvider[] = [
  {
    id: "openai",
    label: "OpenAI",
    models: ["gpt-4o-mini-tts", "gpt-4o-mini-tts-2025-12-15", "tts-1", "tts-1-hd"],
    voices: [...OPENAI_VOICES, "onyx", "nova", "sage", "shimmer", "verse"],
  },
  { id: "xai", label: "xAI", models: [], voices: ["ara", "eve", "leo", "rex", "sal"] },
];

const TRANSCRIPTION = {
  configured: false,
  modes: ["transcription"],
  transports: ["gateway-relay"],
  brains: ["none"],
};

const LIVE_VOICES =
  "alloy ash ballad beacon bossa cedar cinder coral delta echo gleam marin meridian quartz ripple sage shimmer stone tempo verse vesper willow".split(
    " ",
  );

const AUDIO = [
  { encoding: "g711_ulaw", sampleRateHz: 8_000, channels: 1 },
  { encoding: "pcm16", sampleRateHz: 24_000, channels: 1 },
];

const REALTIME = {
  configured: false,
  modes: ["realtime"],
  brains: ["agent-consult"],
  inputAudioFormats: AUDIO,
  outputAudioFormats: AUDIO,
};

export const REALTIME_PROVIDERS = [
  {
    ...REALTIME,
    id: "openai",
    label: "OpenAI Realtime Voice",
    supportsBrowserSession: true,
    defaultModel: "gpt-live-1",
    models: ["gpt-realtime-2.1", "gpt-realtime-2.1-mini", "gpt-realtime-2", "gpt-live-1", "gpt-live-1-codex"],
    voices: ["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar"],
    activeVoices: LIVE_VOICES,
    activeVoiceSelectionPolicy: "allowlist-default",
    voicesByModel: {
      "gpt-live-1": LIVE_VOICES,
      "gpt-live-1-codex": ["arbor", "breeze", "cove", "ember", "juniper", "maple", "sol", "spruce", "vale"],
    },
    transports: ["webrtc", "gateway-relay"],
    supportsBargeIn: false,
    supportsToolCalls: false,
    supportsVideoFrames: false,
  },
  {
    ...REALTIME,
    id: "xai",
    label: "xAI Grok Voice",
    supportsBrowserSession: false,
    defaultModel: "grok-voice-latest",
    voices: ["eve", "ara", "rex", "sal", "leo"],
    aliases: ["xai-realtime-voice", "grok-voice"],
    transports: ["gateway-relay"],
    supportsBargeIn: true,
    supportsToolCalls: true,
    supportsSessionResumption: true,
  },
];

/** What `talk.catalog` shows. Nothing is ready while nothing is configured. */
export const TALK_CATALOG = {
  modes: ["realtime", "stt-tts", "transcription"],
  transports: ["webrtc", "provider-websocket", "gateway-relay", "managed-room"],
  brains: ["agent-consult", "direct-tools", "none"],
  speech: {
    providers: SPEECH.map((provider) => ({
      ...provider,
      configured: false,
      modes: ["stt-tts"],
      brains: ["agent-consult"],
    })),
  },
  transcription: {
    ready: false,
    providers: [
      {
        ...TRANSCRIPTION,
        id: "openai",
        label: "OpenAI Realtime Transcription",
        defaultModel: "gpt-4o-transcribe",
        aliases: ["openai-realtime"],
      },
      {
        ...TRANSCRIPTION,
        id: "xai",
        label: "xAI Realtime Transcription",
        aliases: ["xai-realtime", "grok-stt-streaming"],
      },
    ],
  },
  realtime: { ready: false, providers: REALTIME_PROVIDERS },
};
