import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

/** Whether uploads are allowed at all is looked at before the params are. */
const upload = {
  access: "operator.admin",
  sideEffects: true,
  params: null,
  result: Type.Never(),
} as const;

export const skillsUploadBegin = contract({ method: "skills.upload.begin", ...upload });
export const skillsUploadChunk = contract({ method: "skills.upload.chunk", ...upload });
export const skillsUploadCommit = contract({ method: "skills.upload.commit", ...upload });
