import path from "node:path";
import { skillsInstall } from "../../../schemas/methods/skills/install.ts";
import { section, text } from "../../domain/config/index.ts";
import { unpackSkill } from "../../domain/skills/archive.ts";
import { failedInstall, type InstallOutcome, placeSkill, runInstaller } from "../../domain/skills/install.ts";
import { checkSlug } from "../../domain/uploads/index.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { FailedEnd, type Method, method } from "../method.ts";
import { agentFor } from "./proposals.ts";
import { admit } from "./upload.ts";

export default [
  method(skillsInstall, async ({ params, deps }) => {
    if ("installId" in params) return answer(await installNeeds(deps, params));
    if (params.source === "upload") return installUpload(deps, params);
    checkSlug(params.slug.split("/").at(-1) ?? "");
    try {
      await deps.skillHub.detail(params.slug);
    } catch (error) {
      return refused(error);
    }
    return refused(
      new ProtocolError("UNAVAILABLE", "Skills of the hub are not installed by this gateway", {
        retryable: false,
      }),
    );
  }),
] satisfies Method[];

interface Needs {
  readonly name: string;
  readonly installId: string;
  readonly agentId?: string;
  readonly timeoutMs?: number;
}

async function installNeeds(deps: Deps, params: Needs): Promise<InstallOutcome> {
  const skills = await deps.skills.find(agentFor(deps, params.agentId));
  const skill = skills.find(({ name }) => name === params.name);
  if (skill === undefined) return failedInstall(`Skill not found: ${params.name}`);
  const { install } = deps.config.current().skills;
  const installer = skill.install.find(({ id }) => id === params.installId);
  const outcome =
    installer === undefined
      ? failedInstall(`Installer not found: ${params.installId}`)
      : await runInstaller(installer, {
          clock: deps.clock,
          env: process.env,
          nodeManager: text(section({ install }, "install")["nodeManager"]) ?? "npm",
          ...(params.timeoutMs === undefined ? {} : { timeoutMs: params.timeoutMs }),
        });
  if (skill.isBundled) return outcome;
  const warning = `WARNING: Skill "${skill.name}" install triggered from non-bundled source "${skill.source}". Verify the install recipe is trusted.`;
  return { ...outcome, warnings: [warning] };
}

function answer(outcome: InstallOutcome) {
  if (outcome.ok) return { ...outcome };
  const error = new ProtocolError("UNAVAILABLE", outcome.message, { retryable: false });
  return new FailedEnd<Record<string, unknown>>(error, { ...outcome });
}

interface FromUpload {
  readonly agentId?: string;
  readonly uploadId: string;
  readonly slug: string;
  readonly force?: boolean;
  readonly sha256?: string;
}

async function installUpload(deps: Deps, params: FromUpload) {
  admit(deps);
  try {
    const { slug, uploadId, force = false, sha256: wanted } = params;
    const agent = agentFor(deps, params.agentId);
    checkSlug(slug);
    const { bytes, sha256 } = await deps.uploads.take(uploadId, slug);
    if (wanted !== undefined && wanted.toLowerCase() !== sha256) {
      throw new ProtocolError("INVALID_REQUEST", "upload sha256 mismatch");
    }
    const targetDir = path.join(agent.workspace, "skills", slug);
    await placeSkill(targetDir, unpackSkill(bytes), force);
    deps.events.publish("chat.metadata.changed", {});
    return {
      ok: true,
      message: `Installed ${slug}`,
      stdout: "",
      stderr: "",
      code: 0,
      slug,
      targetDir,
      sha256,
    };
  } catch (error) {
    return refused(error);
  }
}

/** compat(skills/status): a failed installation says so twice, as an error and beside it. */
function refused(thrown: unknown) {
  if (!(thrown instanceof ProtocolError)) throw thrown;
  const { code, message } = thrown;
  return new FailedEnd<Record<string, unknown>>(thrown, {
    ok: false,
    error: message,
    ...(code === "INVALID_REQUEST" ? { errorCode: code } : {}),
  });
}
