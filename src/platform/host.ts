import { hostname, networkInterfaces, platform, release } from "node:os";

/** What others see of the machine. */
export interface Host {
  readonly name: string;
  /** The first address that others could reach; undefined on a machine without a network. */
  readonly ip: string | undefined;
  /** `linux 6.18.44`. */
  readonly platform: string;
  /** `Linux`, `Mac`, `Windows`. */
  readonly deviceFamily: string;
}

const FAMILIES: Readonly<Record<string, string>> = { linux: "Linux", darwin: "Mac", win32: "Windows" };
const NAMES: Readonly<Record<string, string>> = { darwin: "macos", win32: "windows" };

export function describeHost(): Host {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const reachable = addresses.find(({ family, internal }) => family === "IPv4" && !internal);
  const name = platform();
  return {
    name: hostname(),
    ip: reachable?.address,
    platform: `${NAMES[name] ?? name} ${release()}`,
    deviceFamily: FAMILIES[name] ?? name,
  };
}
