import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Sha256 = Type.String({ minLength: 64, maxLength: 64, pattern: "^[a-fA-F0-9]{64}$" });
const Received = Type.Object({
  uploadId: Type.String(),
  receivedBytes: Type.Integer(),
  expiresAt: Type.Integer(),
});

export const skillsUploadBegin = contract({
  method: "skills.upload.begin",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      kind: Type.Literal("skill-archive"),
      slug: Type.String({ minLength: 1 }),
      sizeBytes: Type.Integer({ minimum: 1 }),
      sha256: Type.Optional(Sha256),
      force: Type.Optional(Type.Boolean()),
      idempotencyKey: Type.Optional(Type.String({ minLength: 1, maxLength: 2048 })),
    },
    { additionalProperties: false },
  ),
  result: Received,
});

export const skillsUploadChunk = contract({
  method: "skills.upload.chunk",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      uploadId: Type.String({ minLength: 1 }),
      offset: Type.Integer({ minimum: 0 }),
      dataBase64: Type.String({ minLength: 1, maxLength: 5_592_408 }),
    },
    { additionalProperties: false },
  ),
  result: Received,
});

export const skillsUploadCommit = contract({
  method: "skills.upload.commit",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    { uploadId: Type.String({ minLength: 1 }), sha256: Type.Optional(Sha256) },
    { additionalProperties: false },
  ),
  result: Type.Composite([Received, Type.Object({ sha256: Type.String() })]),
});
