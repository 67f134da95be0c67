import { parseJson } from "../../platform/json.ts";
import type { Attribute, LogRecord } from "./encode.ts";

const SEVERITY: Readonly<Record<string, number>> = {
  trace: 1,
  debug: 5,
  info: 9,
  warn: 13,
  error: 17,
  fatal: 21,
};
const INFO = 9;
/** Members of a record that are facts about it and not what somebody said. */
const PLAIN = /^(?:subsystem|method|errorCode|durationMs|status|code|port|attempt|count)$/;
const TEXT_MAX = 256;

/** A line of the log file, already masked, as a record. What was said leaves only when it was asked for. */
export function toLogRecord(line: string, capturesContent: boolean): LogRecord {
  const said = parseJson(line);
  const { time, level, message, ...rest }: Readonly<Record<string, unknown>> =
    typeof said === "object" && said !== null ? { ...said } : {};
  const severityText = typeof level === "string" ? level : "info";
  const attributes: Record<string, Attribute> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (!PLAIN.test(name)) continue;
    const attribute = name === "subsystem" ? "openclaw.logger" : `openclaw.log.${name}`;
    if (typeof value === "string") attributes[attribute] = value.slice(0, TEXT_MAX);
    else if (typeof value === "number" || typeof value === "boolean") attributes[attribute] = value;
  }
  return {
    timeMs: Date.parse(String(time)) || 0,
    severity: SEVERITY[severityText] ?? INFO,
    severityText: severityText.toUpperCase(),
    body: capturesContent ? String(message ?? "") : undefined,
    attributes,
  };
}

/** The same for a pipeline that reads the standard output. */
export function toLogLine(record: LogRecord, serviceName: string): string {
  const { timeMs, severityText, severity, body, attributes } = record;
  return JSON.stringify({
    ts: new Date(timeMs).toISOString(),
    signal: "logs",
    "service.name": serviceName,
    severityText,
    severityNumber: severity,
    ...(body === undefined ? {} : { body }),
    attributes,
  });
}
