import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Id = Type.String({ minLength: 1 });
const Side = Type.Integer({ minimum: 1, maximum: 2000 });
const Ack = Type.Object({ ok: Type.Boolean() });
const place = {
  sessionId: Type.String(),
  agentId: Type.String(),
  shell: Type.String(),
  cwd: Type.String(),
  confined: Type.Boolean(),
};

export const terminalOpen = contract({
  method: "terminal.open",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      agentId: Type.Optional(Id),
      sessionKey: Type.Optional(Id),
      catalog: Type.Optional(
        Type.Object(
          {
            catalogId: Id,
            hostId: Id,
            threadId: Id,
            agentId: Type.Optional(Id),
            sourceHomeId: Type.Optional(Id),
          },
          { additionalProperties: false },
        ),
      ),
      cols: Side,
      rows: Side,
    },
    { additionalProperties: false },
  ),
  result: Type.Object(place),
});

export const terminalList = contract({
  method: "terminal.list",
  access: "operator.admin",
  sideEffects: false,
  params: null,
  result: Type.Object({
    sessions: Type.Array(
      Type.Object({
        ...place,
        attached: Type.Boolean(),
        owner: Type.String(),
        createdAtMs: Type.Integer(),
      }),
    ),
  }),
});

export const terminalAttach = contract({
  method: "terminal.attach",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object({ sessionId: Id }, { additionalProperties: false }),
  result: Type.Object({ ...place, buffer: Type.String() }),
});

export const terminalInput = contract({
  method: "terminal.input",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object({ sessionId: Id, data: Type.String() }, { additionalProperties: false }),
  result: Ack,
});

export const terminalResize = contract({
  method: "terminal.resize",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object({ sessionId: Id, cols: Side, rows: Side }, { additionalProperties: false }),
  result: Ack,
});

export const terminalClose = contract({
  method: "terminal.close",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object({ sessionId: Id }, { additionalProperties: false }),
  result: Ack,
});

export const terminalUpload = contract({
  method: "terminal.upload",
  access: "operator.admin",
  sideEffects: true,
  params: Type.Object(
    {
      sessionId: Id,
      name: Type.String({ minLength: 1, maxLength: 255 }),
      contentBase64: Type.String({ maxLength: 22_369_624 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ path: Type.String(), size: Type.Integer() }),
});
