import { createServer } from "node:net";

/** The reference binds port+1, +10 and +11 lazily; the fake provider gets +20. */
const OFFSETS = [0, 1, 10, 11, 20] as const;
const PROVIDER_OFFSET = 20;
const SPACING = 40;
const ATTEMPTS_MAX = 200;
const LOWEST = 20_000;
const HIGHEST = 59_000;
/** A figure of the protocol (`tickIntervalMs`): as a port it would be masked there as well. */
const SPOKEN_FOR = 30_000;

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

export interface PortBlock {
  readonly port: number;
  readonly providerPort: number;
}

/** Finds a block of free five-digit ports, starting where this process last found one. */
export class PortFinder {
  #next: number;

  constructor(start?: number) {
    const fromEnvironment = Number(process.env["UNDERSTUDY_PORT_BASE"]);
    const spread = LOWEST + ((process.pid * SPACING) % (HIGHEST - LOWEST));
    this.#next = start ?? (fromEnvironment > 0 ? fromEnvironment : spread);
  }

  async find(): Promise<PortBlock> {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      const port = this.#next;
      this.#next = port + SPACING > HIGHEST + 1000 ? LOWEST : port + SPACING;
      if (OFFSETS.some((offset) => port + offset === SPOKEN_FOR)) continue;
      const free = await Promise.all(OFFSETS.map((offset) => isFree(port + offset)));
      if (free.every(Boolean)) return { port, providerPort: port + PROVIDER_OFFSET };
    }
    throw new Error(`no block of free ports found in ${ATTEMPTS_MAX} attempts`);
  }
}
