import { BlockList, isIP } from "node:net";

/** Networks that are not the public internet, or that a request from outside has no business in. */
const CLOSED = closedNetworks();
/** Names that only mean something at home; what any other name means is for the resolver to say. */
const LOCAL_NAME = /(?:^|\.)(?:localhost|local|internal)$/;

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return isPublicAddress(mapped);
  return !CLOSED.check(address, family === 4 ? "ipv4" : "ipv6");
}

/** True for web addresses whose host is a name that may be public; what the name means is for the resolver to say. */
export function isPublicHost({ protocol, hostname, username, password }: URL): boolean {
  if (protocol !== "https:" && protocol !== "http:") return false;
  if (username !== "" || password !== "" || hostname === "") return false;
  const name = hostname.replace(/\.$/, "");
  return !name.startsWith("[") && isIP(name) === 0 && !LOCAL_NAME.test(name);
}

/** The address of a page that may be looked at, or nothing. */
export function publicUrl(text: unknown): URL | undefined {
  if (typeof text !== "string") return undefined;
  const url = URL.parse(text.trim());
  return url !== null && isPublicHost(url) ? url : undefined;
}

function closedNetworks(): BlockList {
  const closed = new BlockList();
  for (const [network, bits] of [
    ["0.0.0.0", 8],
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["169.254.0.0", 16],
    ["172.16.0.0", 12],
    ["192.0.0.0", 24],
    ["192.0.2.0", 24],
    ["192.88.99.0", 24],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
    ["198.51.100.0", 24],
    ["203.0.113.0", 24],
    ["224.0.0.0", 3],
  ] as const) {
    closed.addSubnet(network, bits, "ipv4");
  }
  for (const [network, bits] of [
    ["::", 96],
    ["64:ff9b::", 96],
    ["100::", 64],
    ["2001:db8::", 32],
    ["2002::", 16],
    ["fc00::", 7],
    ["fe80::", 10],
    ["ff00::", 8],
  ] as const) {
    closed.addSubnet(network, bits, "ipv6");
  }
  return closed;
}
