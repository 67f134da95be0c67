import {
  skillsUploadBegin,
  skillsUploadChunk,
  skillsUploadCommit,
} from "../../../schemas/methods/skills/upload.ts";
import { ProtocolError } from "../../errors/protocol-error.ts";
import type { Deps } from "../deps.ts";
import type { Call } from "../method.ts";
import { type Method, method } from "../method.ts";

export default [
  method(skillsUploadBegin, refuse),
  method(skillsUploadChunk, refuse),
  method(skillsUploadCommit, refuse),
] satisfies Method[];

function refuse({ deps }: Call<unknown>): never {
  return refuseUpload(deps);
}

/** An archive would bring programs onto this machine: allowed or not, it is not taken here. */
export function refuseUpload(deps: Deps): never {
  const { install } = deps.config.current().skills;
  const isAllowed =
    typeof install === "object" &&
    install !== null &&
    "allowUploadedArchives" in install &&
    install.allowUploadedArchives === true;
  throw new ProtocolError(
    "UNAVAILABLE",
    isAllowed
      ? "Uploaded skill archives are not available on this gateway"
      : "Uploaded skill archive installs are disabled by skills.install.allowUploadedArchives",
    { retryable: false },
  );
}
