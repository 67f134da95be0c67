import { parseJson } from "../../platform/json.ts";
import type { Entry, HistoryPage } from "../sessions/index.ts";

/** A place in a transcript, which a client brings back to learn what came after it. */
export interface Place {
  readonly agentId: string;
  readonly generation: string;
  readonly lastSeq: number;
  readonly sessionId: string;
  readonly version: 1;
}

export function encodeCursor(entry: Entry, page: HistoryPage): string {
  const place: Place = {
    agentId: entry.agentId,
    generation: page.generation,
    lastSeq: page.lastRawSeq,
    sessionId: entry.sessionId,
    version: 1,
  };
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** A total function: what is no cursor of ours is undefined. */
export function decodeCursor(cursor: string): Place | undefined {
  const place = parseJson(Buffer.from(cursor, "base64url").toString());
  return isPlace(place) ? place : undefined;
}

function isPlace(value: unknown): value is Place {
  return (
    typeof value === "object" &&
    value !== null &&
    "version" in value &&
    value.version === 1 &&
    "generation" in value &&
    typeof value.generation === "string" &&
    "sessionId" in value &&
    typeof value.sessionId === "string" &&
    "lastSeq" in value &&
    typeof value.lastSeq === "number"
  );
}
