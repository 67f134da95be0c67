import { networkInterfaces } from "node:os";

/** The part of `gateway` that says where to listen. */
export interface BindConfig {
  readonly bind: "auto" | "lan" | "loopback" | "custom" | "tailnet";
  readonly customBindHost?: string;
}

const LOOPBACK = "127.0.0.1";
const EVERYWHERE = "0.0.0.0";

/** The addresses to listen on. The first is the one that is told to people; all share one port. */
export function bindHosts(config: BindConfig, interfaces = networkInterfaces): readonly string[] {
  switch (config.bind) {
    case "lan":
      return [EVERYWHERE];
    case "custom":
      return withLoopback(config.customBindHost ?? EVERYWHERE);
    case "tailnet":
      return withLoopback(tailnetAddress(interfaces()) ?? LOOPBACK);
    case "auto":
    case "loopback":
      return [LOOPBACK];
  }
}

/** Programs on this machine always find the gateway on loopback. */
function withLoopback(host: string): readonly string[] {
  const coversLoopback = host === EVERYWHERE || host === "::" || host === "::1" || host.startsWith("127.");
  return coversLoopback ? [host] : [host, LOOPBACK];
}

/** Tailnets hand out 100.64.0.0/10. */
function tailnetAddress(interfaces: ReturnType<typeof networkInterfaces>): string | undefined {
  return Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, address }) => family === "IPv4" && isCarrierGrade(address))?.address;
}

function isCarrierGrade(address: string): boolean {
  const [first, second] = address.split(".").map(Number);
  return first === 100 && second !== undefined && second >= 64 && second < 128;
}
