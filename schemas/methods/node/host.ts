import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const nodeEvent = contract({
  method: "node.event",
  access: "node",
  sideEffects: true,
  params: Type.Object(
    {
      event: Type.String({ minLength: 1 }),
      payload: Type.Optional(Type.Unknown()),
      payloadJSON: Type.Optional(Type.String()),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    ok: Type.Literal(true),
    event: Type.Optional(Type.String()),
    handled: Type.Optional(Type.Boolean()),
    reason: Type.Optional(Type.String()),
  }),
});

export const nodePluginSurfaceRefresh = contract({
  method: "node.pluginSurface.refresh",
  access: "node",
  sideEffects: false,
  params: null,
  result: Type.Record(Type.String(), Type.Unknown()),
});

export const nodeRunnerInventoryUpdate = contract({
  method: "node.runnerInventory.update",
  access: "node",
  sideEffects: true,
  params: null,
  result: Type.Object({ nodeId: Type.String() }),
});

export const nodeSkillsUpdate = contract({
  method: "node.skills.update",
  access: "node",
  sideEffects: true,
  params: Type.Object(
    {
      skills: Type.Array(
        Type.Object(
          {
            name: Type.String({
              minLength: 1,
              maxLength: 64,
              pattern: "^(?!.*--)[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$",
            }),
            description: Type.String({ minLength: 1, maxLength: 1024 }),
            content: Type.String({ minLength: 1, maxLength: 65536 }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 64 },
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ nodeId: Type.String(), skills: Type.Array(Type.Unknown()) }),
});

export const nodePluginToolsUpdate = contract({
  method: "node.pluginTools.update",
  access: "node",
  sideEffects: true,
  params: Type.Object(
    {
      tools: Type.Array(
        Type.Object(
          {
            pluginId: Type.String({ minLength: 1 }),
            name: Type.String({ minLength: 1, maxLength: 64, pattern: "^[A-Za-z][A-Za-z0-9_-]{0,63}$" }),
            description: Type.String({ minLength: 1 }),
            parameters: Type.Optional(
              Type.Unsafe<Record<string, unknown>>({ type: "object", patternProperties: { "^.*$": {} } }),
            ),
            command: Type.Optional(Type.String({ minLength: 1 })),
            mcp: Type.Optional(
              Type.Object(
                { server: Type.String({ minLength: 1 }), tool: Type.String({ minLength: 1 }) },
                { additionalProperties: false },
              ),
            ),
          },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ nodeId: Type.String(), tools: Type.Array(Type.Unknown()) }),
});
