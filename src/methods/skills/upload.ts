import {
  skillsUploadBegin,
  skillsUploadChunk,
  skillsUploadCommit,
} from "../../../schemas/methods/skills/upload.ts";
import { section } from "../../domain/config/index.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import { type Method, method } from "../method.ts";

export default [
  { ...method(skillsUploadBegin, ({ params, deps }) => deps.uploads.begin(params)), admit },
  { ...method(skillsUploadChunk, ({ params, deps }) => deps.uploads.append(params)), admit },
  { ...method(skillsUploadCommit, ({ params, deps }) => deps.uploads.commit(params)), admit },
] satisfies Method[];

/** An archive brings programs onto this machine: only where the operator said so. */
export function admit(deps: Deps): void {
  const { install } = deps.config.current().skills;
  if (section({ install }, "install")["allowUploadedArchives"] === true) return;
  throw new ProtocolError(
    "UNAVAILABLE",
    "Uploaded skill archive installs are disabled by skills.install.allowUploadedArchives",
    { retryable: false },
  );
}
