import { Session } from "node:inspector/promises";
import { isAbsolute } from "node:path";
import { fileURLToPath } from "node:url";
import type { Profile, Profiler } from "../../domain/diagnostics/index.ts";
import { type Clock, pause } from "../../platform/clock.ts";

const UNNAMED = { functionName: "[redacted]", scriptId: "0", url: "", lineNumber: -1, columnNumber: -1 };

/** Takes profiles through the inspector of the runtime, one at a time, and leaves out where files are. */
export function createProfiler(clock: Clock): Profiler {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(run: (session: Session) => Promise<Result>): Promise<Result> => {
    const done = last.then(() => withSession(run));
    last = done.catch(() => undefined);
    return done;
  };
  return {
    cpu: (durationMs, interval) =>
      inTurn(async (session) => {
        await session.post("Profiler.enable");
        await session.post("Profiler.setSamplingInterval", { interval });
        await session.post("Profiler.start");
        await pause(clock, durationMs);
        return redact((await session.post("Profiler.stop")).profile);
      }),
    heap: (durationMs, samplingInterval) =>
      inTurn(async (session) => {
        await session.post("HeapProfiler.enable");
        await session.post("HeapProfiler.startSampling", { samplingInterval });
        await pause(clock, durationMs);
        return redact((await session.post("HeapProfiler.stopSampling")).profile);
      }),
  };
}

async function withSession<Result>(run: (session: Session) => Promise<Result>): Promise<Result> {
  const session = new Session();
  session.connect();
  try {
    return await run(session);
  } finally {
    session.disconnect();
  }
}

/** A profile without the folders of this machine: our frames keep the rest of their path, others lose their name. */
function redact(profile: object): Profile {
  let redacted = 0;
  const frame = (given: object): unknown => {
    const url: unknown = Reflect.get(given, "url");
    if (typeof url !== "string" || url === "" || url.startsWith("node:")) return given;
    const own = ownPath(url);
    if (own !== undefined) return { ...given, url: own };
    redacted += 1;
    return UNNAMED;
  };
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== "object" || value === null) return value;
    const members = Object.entries(value).map(([key, member]: [string, unknown]) => [
      key,
      key === "callFrame" ? frame(Object(member)) : clean(member),
    ]);
    return Object.fromEntries(members);
  };
  return { profile: { ...Object(clean(profile)) }, redacted };
}

/** `understudy:src/…`, for a file of this program; its libraries are somebody else's. */
function ownPath(url: string): string | undefined {
  const file = url.startsWith("file:") ? fileURLToPath(url) : url;
  const inside = /[\\/]((?:src|schemas|dist)[\\/].*)$/.exec(file)?.[1];
  if (!isAbsolute(file) || file.includes("node_modules") || inside === undefined) return undefined;
  return `understudy:${inside.replaceAll("\\", "/")}`;
}
