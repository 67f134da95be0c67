import { type ConfigSource, section } from "../config/index.ts";

/** When and how an agent goes over what it noted; the defaults are the reference's. */
export interface DreamingSettings {
  readonly enabled: boolean;
  readonly frequency: string;
  readonly verboseLogging: boolean;
  readonly storageMode: string;
  readonly separateReports: boolean;
  readonly provider: string;
}

export function dreamingSettings(config: ConfigSource): DreamingSettings {
  const { source } = config.snapshot();
  const entry = section(section(section(source, "plugins"), "entries"), "memory-core");
  const dreaming = section(section(entry, "config"), "dreaming");
  const storage = section(dreaming, "storage");
  const { provider } = section(section(source, "memory"), "search");
  const { enabled, frequency, verboseLogging } = dreaming;
  return {
    enabled: enabled !== false && entry["enabled"] !== false,
    frequency: typeof frequency === "string" ? frequency : "0 3 * * *",
    verboseLogging: verboseLogging === true,
    storageMode: typeof storage["mode"] === "string" ? storage["mode"] : "separate",
    separateReports: storage["separateReports"] === true,
    provider: typeof provider === "string" ? provider : "openai",
  };
}
