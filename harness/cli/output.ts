import { Presets, SingleBar } from "cli-progress";

/** Exit codes of the command. */
export const EXIT = { expected: 0, regression: 1, couldNotRun: 2 } as const;

export const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

export const complain = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

export const sayJson = (value: unknown): void => say(JSON.stringify(value, null, 2));

export interface Progress {
  update(done: number, total: number, what: string): void;
  stop(): void;
}

/** A bar for people at a terminal; nothing at all for pipes and CI. */
export function progress(isWanted: boolean): Progress {
  if (!isWanted || !process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    {
      format: "{bar} {value}/{total} {what}",
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  let isStarted = false;
  return {
    update(done, total, what) {
      if (!isStarted) bar.start(total, done, { what });
      isStarted = true;
      bar.update(done, { what });
    },
    stop: () => bar.stop(),
  };
}
