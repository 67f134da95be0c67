import { type Answer, type Target, Wire } from "./wire.ts";

export interface MethodProbe {
  /** What a connection without scopes is told it lacks; `node` when only that role may; `none` when it is served. */
  readonly scope: string;
  /** The answer to `{}` from an operator with every scope: `ok`, an error code, `timeout`, `gone` or `skipped`. */
  readonly empty: string;
  /** The message behind that code, kept to check which validator spoke. */
  readonly message: string;
}

const CALL_TIMEOUT_MS = 20_000;
export const EVERY_SCOPE = [
  "operator.admin",
  "operator.read",
  "operator.write",
  "operator.approvals",
  "operator.pairing",
  "operator.questions",
  "operator.talk.secrets",
];

/** Never called: they end the process under test, replace its package, or leave files and profilers behind. */
export const NEVER_CALLED: ReadonlySet<string> = new Set([
  "config.openFile",
  "connect",
  "diagnostics.cpuProfile",
  "diagnostics.heapProfile",
  "gateway.restart.request",
  "gateway.suspend.handoff",
  "gateway.suspend.prepare",
  "gateway.suspend.resume",
  "update.run",
]);

/** Asks the running gateway about every name. A tenth role error in a row would close the socket, so it is renewed. */
export async function probeMethods(
  target: Target,
  names: readonly string[],
  onProgress: (done: number) => void,
): Promise<ReadonlyMap<string, MethodProbe>> {
  const probes = new Map<string, MethodProbe>();
  let bare = await Wire.open(target, []);
  await using admin = await Wire.open(target, EVERY_SCOPE);
  for (const name of names) {
    if (!bare.isOpen) bare = await Wire.open(target, []);
    const refusal = await bare.call(name, {}, CALL_TIMEOUT_MS);
    if (isRoleError(refusal)) await bare.call("health", {}, CALL_TIMEOUT_MS);
    const answer: Answer = NEVER_CALLED.has(name)
      ? { outcome: "timeout" }
      : await admin.call(name, {}, CALL_TIMEOUT_MS);
    probes.set(name, toProbe(name, refusal, answer));
    onProgress(probes.size);
  }
  await bare[Symbol.asyncDispose]();
  return probes;
}

function toProbe(name: string, refusal: Answer, answer: Answer): MethodProbe {
  const message = answer.error?.message ?? "";
  const empty = NEVER_CALLED.has(name)
    ? "skipped"
    : message === `unknown method: ${name}`
      ? "gone"
      : answer.outcome === "error"
        ? (answer.error?.code ?? "error")
        : answer.outcome;
  return { scope: refusedScope(refusal), empty, message };
}

function refusedScope(refusal: Answer): string {
  if (isRoleError(refusal)) return "node";
  const missing = refusal.error?.details?.["missingScope"];
  return typeof missing === "string" ? missing.replace(/^operator\./, "") : "none";
}

function isRoleError(answer: Answer): boolean {
  return answer.error?.message.startsWith("unauthorized role") ?? false;
}
