import type { ParamsOf } from "../../../schemas/contract.ts";
import { configApply, configGet, configPatch, configSet } from "../../../schemas/methods/config/file.ts";
import { type Edited, patchConfig, replaceConfig } from "../../domain/config/edit.ts";
import { describeConfig } from "../../domain/config/view.ts";
import { type Call, type Method, method } from "../method.ts";

export default [
  method(configGet, (call) => describeConfig(call.deps.config)),
  method(configSet, async (call) => {
    const { raw, baseHash } = call.params;
    const { path, hash, config } = await replaceConfig(raw, baseHash, call.deps);
    return { ok: true as const, path, hash, config };
  }),
  method(configPatch, async (call) => {
    const { raw, baseHash, replacePaths = [] } = call.params;
    const edited = await patchConfig(raw, baseHash, replacePaths, call.deps);
    if (!("hash" in edited)) return { ok: true as const, noop: true as const, changedPaths: [], ...edited };
    const { path, hash, config, changedPaths } = edited;
    return {
      ok: true as const,
      path,
      hash,
      config,
      changedPaths: [...changedPaths],
      sentinel: sentinelOf("config.patch", edited, call),
    };
  }),
  method(configApply, async (call) => {
    const edited = await replaceConfig(call.params.raw, call.params.baseHash, call.deps);
    const { path, hash, config } = edited;
    return { ok: true as const, path, hash, config, sentinel: sentinelOf("config.apply", edited, call) };
  }),
] satisfies Method[];

type WriteCall = Call<Pick<ParamsOf<typeof configApply>, "sessionKey" | "note">>;

/** What the reference leaves for the run after a restart. Nothing of ours waits for it: the write is in force. */
function sentinelOf(mode: "config.patch" | "config.apply", edited: Edited, call: WriteCall) {
  const { sessionKey, note } = call.params;
  return {
    persisted: true,
    payload: {
      kind: mode.replace(".", "-"),
      status: "ok",
      ts: call.deps.clock.now(),
      ...(sessionKey === undefined ? {} : { sessionKey }),
      message: note ?? null,
      doctorHint:
        "Recommended follow-up: run openclaw doctor --non-interactive in a terminal or approvals-capable OpenClaw surface.",
      stats: { mode, root: edited.path, requiresRestart: edited.change.restartPaths.length > 0 },
    },
  };
}
