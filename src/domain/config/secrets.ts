import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { lstat, open, realpath } from "node:fs/promises";
import path from "node:path";
import type { Clock } from "../../platform/clock.ts";
import { type Environment, expandHome } from "./paths.ts";
import { isRecord, type JsonRecord, section } from "./record.ts";
import { isUnresolved } from "./substitute.ts";

/** `{ source, provider, id }`: where a secret is, in place of the secret. */
export interface SecretRef {
  readonly source: "env" | "file" | "exec" | "store";
  readonly provider: string;
  readonly id: string;
}

/** A reference that leads nowhere. The message names the reference and never the secret. */
export class SecretError extends Error {
  override readonly name = "SecretProviderResolutionError";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface SecretContext {
  readonly source: JsonRecord;
  readonly env: Environment;
  readonly home: string;
  readonly clock: Clock;
}

const PROVIDER_TIMEOUT_MS = 5_000;
const PROVIDER_BYTES_MAX = 1024 * 1024;

export function isSecretRef(value: unknown): value is SecretRef {
  return (
    isRecord(value) &&
    typeof value["provider"] === "string" &&
    typeof value["id"] === "string" &&
    ["env", "file", "exec", "store"].includes(String(value["source"]))
  );
}

/**
 * The secret behind a configured value: the text itself, `$NAME`, or what a reference points to. Undefined when
 * nothing is configured or the text still names a variable that nobody set; a reference that fails throws.
 */
export async function resolveSecret(value: unknown, context: SecretContext): Promise<string | undefined> {
  if (typeof value === "string") {
    const shorthand = /^\$([A-Z][A-Z0-9_]{0,127})$/.exec(value);
    if (shorthand?.[1] !== undefined) return context.env[shorthand[1]] || undefined;
    return value === "" || isUnresolved(value) ? undefined : value;
  }
  if (!isSecretRef(value)) return undefined;
  return resolveRef(value, context);
}

async function resolveRef(ref: SecretRef, context: SecretContext): Promise<string> {
  const label = `${ref.source}:${ref.provider}:${ref.id}`;
  const secrets = section(context.source, "secrets");
  const configured = section(secrets, "providers")[ref.provider];
  const own = isRecord(configured) && configured["source"] === ref.source ? configured : undefined;
  const alias = section(secrets, "defaults")[ref.source] ?? "default";
  const isBuiltIn = (ref.source === "env" || ref.source === "store") && alias === ref.provider;
  if (!own && !isBuiltIn) {
    const message = `Secret provider "${ref.provider}" is not configured (ref: ${label}).`;
    throw new SecretError("SECRET_PROVIDER_NOT_CONFIGURED", message);
  }
  switch (ref.source) {
    case "env":
      return fromEnvironment(ref, label, own, context.env);
    case "file":
      return fromFile(ref, label, own ?? {}, context);
    case "exec":
      return fromProgram(ref, label, own ?? {}, context);
    case "store":
      throw new SecretError("SECRET_REF_NOT_FOUND", `The secret store has no entry for ${label}.`);
  }
}

function fromEnvironment(
  ref: SecretRef,
  label: string,
  provider: JsonRecord | undefined,
  env: Environment,
): string {
  const allowlist = provider?.["allowlist"];
  if (Array.isArray(allowlist) && !allowlist.includes(ref.id)) {
    throw new SecretError(
      "SECRET_REF_DENIED",
      `Environment variable is not in the allowlist (ref: ${label}).`,
    );
  }
  const value = env[ref.id];
  if (value === undefined || value === "") {
    throw new SecretError(
      "SECRET_REF_NOT_FOUND",
      `Environment variable is missing or empty (ref: ${label}).`,
    );
  }
  return value;
}

async function fromFile(
  ref: SecretRef,
  label: string,
  provider: JsonRecord,
  context: SecretContext,
): Promise<string> {
  const file = expandHome(String(provider["path"] ?? ""), context.home);
  const bytesMax = typeof provider["maxBytes"] === "number" ? provider["maxBytes"] : PROVIDER_BYTES_MAX;
  const text = await readPrivateFile(file, bytesMax, label);
  if (provider["mode"] === "singleValue") {
    if (ref.id !== "value") throw notFound(label);
    return text.replace(/\r?\n$/, "");
  }
  return textAt(parseJson(text, label), ref.id, label);
}

function notFound(label: string): SecretError {
  return new SecretError("SECRET_REF_NOT_FOUND", `Secret was not found (ref: ${label}).`);
}

function parseJson(text: string, label: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SecretError("SECRET_PROVIDER_INVALID_PAYLOAD", `Secret provider gave no JSON (ref: ${label}).`);
  }
}

/** A file that only its owner can read: no link, one name, this user's. */
async function readPrivateFile(file: string, bytesMax: number, label: string): Promise<string> {
  const refuse = (why: string) =>
    new SecretError("SECRET_PROVIDER_FAILED", `Secret file ${why} (ref: ${label}).`);
  if (!path.isAbsolute(file)) throw refuse("must be an absolute path");
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => {
    throw refuse("cannot be opened");
  });
  try {
    const info = await handle.stat();
    if (!info.isFile()) throw refuse("must be a regular file");
    if (info.nlink > 1) throw refuse("must not be hardlinked");
    const uid = process.getuid?.();
    if (uid !== undefined && info.uid !== uid) throw refuse("must belong to the current user");
    if (uid !== undefined && (info.mode & 0o077) !== 0) throw refuse("must not be open to others");
    if (info.size > bytesMax) throw refuse(`is larger than ${bytesMax} bytes`);
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

/** RFC 6901. */
function textAt(document: unknown, pointer: string, label: string): string {
  let at: unknown = document;
  if (!pointer.startsWith("/")) throw notFound(label);
  for (const part of pointer.slice(1).split("/")) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (!isRecord(at) || !Object.hasOwn(at, key)) throw notFound(label);
    at = at[key];
  }
  if (typeof at !== "string" || at === "") throw notFound(label);
  return at;
}

const EXEC_ID = /^[A-Za-z0-9][A-Za-z0-9._:/#-]{0,255}$/;

async function fromProgram(
  ref: SecretRef,
  label: string,
  provider: JsonRecord,
  context: SecretContext,
): Promise<string> {
  if (!EXEC_ID.test(ref.id) || ref.id.split("/").some((part) => part === "." || part === "..")) {
    throw new SecretError("SECRET_REF_INVALID", `Exec secret id is not allowed (ref: ${label}).`);
  }
  const command = expandHome(String(provider["command"] ?? ""), context.home);
  await checkProgram(command, provider, label);
  const request = { protocolVersion: 1, provider: ref.provider, ids: [ref.id] };
  const output = await runProgram(command, provider, JSON.stringify(request), label, context);
  if (provider["jsonOnly"] === false && !output.trimStart().startsWith("{"))
    return output.replace(/\r?\n$/, "");
  const answer = parseJson(output, label);
  const value = section(answer, "values")[ref.id];
  if (typeof value !== "string" || value === "") throw notFound(label);
  return value;
}

async function checkProgram(command: string, provider: JsonRecord, label: string): Promise<void> {
  const refuse = (why: string) =>
    new SecretError("SECRET_PROVIDER_FAILED", `Secret command ${why} (ref: ${label}).`);
  if (!path.isAbsolute(command)) throw refuse("must be an absolute path");
  const info = await lstat(command).catch(() => {
    throw refuse("does not exist");
  });
  if (info.isSymbolicLink()) throw refuse("must not be a symlink");
  const uid = process.getuid?.();
  if (uid !== undefined && info.uid !== uid) throw refuse("must belong to the current user");
  if ((info.mode & 0o022) !== 0) throw refuse("must not be writable by others");
  const trusted = provider["trustedDirs"];
  if (!Array.isArray(trusted)) return;
  const folder = path.dirname(await realpath(command));
  const isTrusted = trusted.some((root) => {
    const relative = path.relative(String(root), folder);
    return !relative.startsWith("..") && !path.isAbsolute(relative);
  });
  if (!isTrusted) throw refuse("is outside the trusted folders");
}

function runProgram(
  command: string,
  provider: JsonRecord,
  input: string,
  label: string,
  context: SecretContext,
): Promise<string> {
  const passed = Array.isArray(provider["passEnv"]) ? provider["passEnv"].map(String) : [];
  const env = Object.fromEntries([
    ...passed.flatMap((name) => (context.env[name] === undefined ? [] : [[name, context.env[name]]])),
    ...Object.entries(section(provider, "env")),
  ]);
  const args = Array.isArray(provider["args"]) ? provider["args"].map(String) : [];
  const timeoutMs = typeof provider["timeoutMs"] === "number" ? provider["timeoutMs"] : PROVIDER_TIMEOUT_MS;
  const bytesMax =
    typeof provider["maxOutputBytes"] === "number" ? provider["maxOutputBytes"] : PROVIDER_BYTES_MAX;
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn(command, args, { env, stdio: ["pipe", "pipe", "ignore"], shell: false });
  const fail = (why: string) => {
    child.kill("SIGKILL");
    reject(new SecretError("SECRET_PROVIDER_FAILED", `Secret command ${why} (ref: ${label}).`));
  };
  const timer = context.clock.after(timeoutMs, () => fail("took too long"));
  const chunks: Buffer[] = [];
  let bytes = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > bytesMax) fail(`wrote more than ${bytesMax} bytes`);
    else chunks.push(chunk);
  });
  child.on("error", () => fail("could not be started"));
  child.stdin.on("error", () => {});
  child.on("close", (code) => {
    timer.cancel();
    if (code === 0) resolve(Buffer.concat(chunks).toString("utf8"));
    else fail(`ended with ${code ?? "a signal"}`);
  });
  child.stdin.end(input);
  return promise;
}
