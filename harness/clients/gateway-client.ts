import { createHash, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Facts, Place, RealClient } from "./client.ts";

const PATIENCE_MS = 30_000;

interface EventFrame {
  readonly event: string;
  readonly payload?: unknown;
}

interface HelloOk {
  readonly protocol: number;
  readonly auth?: { readonly deviceToken?: string; readonly scopes?: readonly string[] };
}

/** As much of the published package's client as is used here. */
interface PublishedClient {
  start(): void;
  stop(): void;
  request(method: string, params: unknown): Promise<unknown>;
}
type PublishedClientClass = new (options: Readonly<Record<string, unknown>>) => PublishedClient;

interface Identity {
  readonly deviceId: string;
  readonly publicKeyPem: string;
  readonly privateKeyPem: string;
}

/** Two connections of the published package: one pairs a new device, the other comes back with its token alone. */
export const gatewayClient: RealClient = {
  name: "@openclaw/gateway-client",
  async run(place): Promise<Facts> {
    const entry = join(place.reference, "node_modules", "@openclaw", "gateway-client", "dist", "index.mjs");
    const { GatewayClient } = (await import(pathToFileURL(entry).href)) as {
      GatewayClient: PublishedClientClass;
    };
    const identity = newIdentity();
    const first = await connect(GatewayClient, place, identity, { token: place.gateway.token });
    const text = await converse(first);
    first.client.stop();
    const deviceToken = first.hello.auth?.deviceToken;
    const second = await connect(GatewayClient, place, identity, { deviceToken });
    const health = (await second.client.request("health", {})) as { ok?: boolean };
    second.client.stop();
    return {
      protocol: first.hello.protocol,
      scopes: first.hello.auth?.scopes,
      gotDeviceToken: deviceToken !== undefined,
      reply: text,
      healthWithDeviceToken: health.ok,
      gaps: first.gaps.length + second.gaps.length,
    };
  },
};

interface Connection {
  readonly client: PublishedClient;
  readonly hello: HelloOk;
  readonly gaps: unknown[];
  /** Resolves with the first event that fits. */
  waitFor(fits: (frame: EventFrame) => boolean): Promise<EventFrame>;
}

async function connect(
  Client: PublishedClientClass,
  place: Place,
  identity: Identity,
  secret: { token?: string; deviceToken?: string | undefined },
): Promise<Connection> {
  const hello = Promise.withResolvers<HelloOk>();
  const waiting = new Set<(frame: EventFrame) => void>();
  const gaps: unknown[] = [];
  const client = new Client({
    url: place.gateway.url,
    ...secret,
    clientName: "cli",
    mode: "cli",
    scopes: ["operator.read", "operator.write"],
    deviceIdentity: identity,
    hostDeps: {
      signDevicePayload: (privateKeyPem: string, payload: string) =>
        sign(null, Buffer.from(payload), privateKeyPem).toString("base64url"),
      publicKeyRawBase64UrlFromPem: rawPublicKey,
    },
    onHelloOk: hello.resolve,
    onConnectError: hello.reject,
    onEvent: (frame: EventFrame) => {
      for (const listener of waiting) listener(frame);
    },
    onGap: (gap: unknown) => gaps.push(gap),
  });
  client.start();
  return {
    client,
    gaps,
    hello: await within(hello.promise, "no hello-ok"),
    waitFor(fits) {
      const { promise, resolve } = Promise.withResolvers<EventFrame>();
      waiting.add((frame) => {
        if (fits(frame)) resolve(frame);
      });
      return within(promise, "the event did not come");
    },
  };
}

async function converse({ client, waitFor }: Connection): Promise<unknown> {
  const idempotencyKey = `clients-${process.pid}`;
  const final = waitFor(
    ({ event, payload }) =>
      event === "chat" &&
      (payload as { state?: string }).state === "final" &&
      runIdOf(payload) === idempotencyKey,
  );
  await client.request("chat.send", {
    sessionKey: "agent:main:published-client",
    message: "hi from the published client",
    idempotencyKey,
  });
  const message = ((await final).payload as { message?: { content?: readonly { text?: string }[] } }).message;
  return message?.content?.[0]?.text;
}

function runIdOf(payload: unknown): string | undefined {
  return (payload as { runId?: string }).runId;
}

function newIdentity(): Identity {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const publicKeyPem = publicKey.export({ type: "spki", format: "pem" }).toString();
  const privateKeyPem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const raw = Buffer.from(rawPublicKey(publicKeyPem), "base64url");
  return { deviceId: createHash("sha256").update(raw).digest("hex"), publicKeyPem, privateKeyPem };
}

function rawPublicKey(publicKeyPem: string): string {
  const { x } = createPublicKey(publicKeyPem).export({ format: "jwk" });
  if (x === undefined) throw new Error("not an Ed25519 key");
  return x;
}

async function within<T>(promise: Promise<T>, complaint: string): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${complaint} within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
