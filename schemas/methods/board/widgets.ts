import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";
import { Json } from "../../shapes/session.ts";

const Board = Type.Object({
  sessionKey: Type.String(),
  revision: Type.Integer(),
  tabs: Type.Array(Json),
  widgets: Type.Array(Json),
});

const BoardPut = Type.Composite([Board, Type.Object({ resolvedWidgetName: Type.String() })]);

export const boardUpdate = contract({
  method: "board.update",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      ops: Type.Array(
        Type.Union([
          Type.Object(
            {
              kind: Type.Literal("tab_create"),
              tabId: Type.String({ pattern: "^[a-z0-9-]{1,40}$" }),
              title: Type.String({ minLength: 1, maxLength: 80 }),
              chatDock: Type.Optional(
                Type.Union([
                  Type.Literal("left"),
                  Type.Literal("right"),
                  Type.Literal("bottom"),
                  Type.Literal("hidden"),
                ]),
              ),
            },
            { additionalProperties: false },
          ),
          Type.Object(
            {
              kind: Type.Literal("tab_update"),
              tabId: Type.String({ pattern: "^[a-z0-9-]{1,40}$" }),
              title: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
              chatDock: Type.Optional(
                Type.Union([
                  Type.Literal("left"),
                  Type.Literal("right"),
                  Type.Literal("bottom"),
                  Type.Literal("hidden"),
                ]),
              ),
              position: Type.Optional(Type.Integer({ minimum: 0 })),
            },
            { additionalProperties: false },
          ),
          Type.Object(
            { kind: Type.Literal("tab_delete"), tabId: Type.String({ pattern: "^[a-z0-9-]{1,40}$" }) },
            { additionalProperties: false },
          ),
          Type.Object(
            {
              kind: Type.Literal("tabs_reorder"),
              tabIds: Type.Array(Type.String({ pattern: "^[a-z0-9-]{1,40}$" })),
            },
            { additionalProperties: false },
          ),
          Type.Object(
            {
              kind: Type.Literal("widget_move"),
              name: Type.String({ pattern: "^[a-z0-9][a-z0-9._-]{0,63}$" }),
              tabId: Type.Optional(Type.String({ pattern: "^[a-z0-9-]{1,40}$" })),
              position: Type.Optional(Type.Integer({ minimum: 0 })),
              after: Type.Optional(Type.String({ pattern: "^[a-z0-9][a-z0-9._-]{0,63}$" })),
            },
            { additionalProperties: false },
          ),
          Type.Object(
            {
              kind: Type.Literal("widget_resize"),
              name: Type.String({ pattern: "^[a-z0-9][a-z0-9._-]{0,63}$" }),
              sizeW: Type.Integer(),
              sizeH: Type.Integer(),
              heightMode: Type.Optional(Type.Union([Type.Literal("auto"), Type.Literal("fixed")])),
            },
            { additionalProperties: false },
          ),
          Type.Object(
            {
              kind: Type.Literal("widget_remove"),
              name: Type.String({ pattern: "^[a-z0-9][a-z0-9._-]{0,63}$" }),
            },
            { additionalProperties: false },
          ),
        ]),
      ),
    },
    { additionalProperties: false },
  ),
  result: Board,
});

export const boardWidgetPut = contract({
  method: "board.widget.put",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      name: Type.String({ pattern: "^[a-z0-9][a-z0-9._-]{0,63}$" }),
      title: Type.Optional(Type.String({ minLength: 1, maxLength: 80 })),
      content: Type.Union([
        Type.Object(
          { kind: Type.Literal("html"), html: Type.String({ maxLength: 262144 }) },
          { additionalProperties: false },
        ),
        Type.Object(
          { kind: Type.Literal("mcp-app"), viewId: Type.String({ minLength: 1 }) },
          { additionalProperties: false },
        ),
        Type.Object(
          {
            kind: Type.Literal("plugin"),
            pluginKind: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,63}:[a-z0-9][a-z0-9._-]{0,63}$" }),
            props: Type.Optional(
              Type.Unsafe<Record<string, unknown>>({ type: "object", patternProperties: { "^.*$": {} } }),
            ),
          },
          { additionalProperties: false },
        ),
        Type.Object(
          {
            kind: Type.Literal("registered"),
            contentKind: Type.String({ pattern: "^[a-z][a-z0-9-]{0,31}$" }),
            source: Type.String({ maxLength: 262144 }),
          },
          { additionalProperties: false },
        ),
        Type.Object(
          { kind: Type.Literal("canvas-doc"), docId: Type.String({ minLength: 1 }) },
          { additionalProperties: false },
        ),
      ]),
      presentation: Type.Optional(
        Type.Union([Type.Literal("card"), Type.Literal("full-bleed"), Type.Literal("frameless")]),
      ),
      heightMode: Type.Optional(Type.Union([Type.Literal("auto"), Type.Literal("fixed")])),
      placement: Type.Optional(
        Type.Object(
          {
            tabId: Type.Optional(Type.String({ pattern: "^[a-z0-9-]{1,40}$" })),
            size: Type.Optional(
              Type.Union([
                Type.Literal("sm"),
                Type.Literal("md"),
                Type.Literal("lg"),
                Type.Literal("xl"),
                Type.Literal("full"),
              ]),
            ),
            after: Type.Optional(Type.String({ pattern: "^[a-z0-9][a-z0-9._-]{0,63}$" })),
          },
          { additionalProperties: false },
        ),
      ),
      declared: Type.Optional(
        Type.Object(
          {
            netOrigins: Type.Optional(
              Type.Array(Type.String({ minLength: 1, maxLength: 2048 }), { maxItems: 32 }),
            ),
            tools: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 269 }), { maxItems: 64 })),
          },
          { additionalProperties: false },
        ),
      ),
      generatedIdentity: Type.Optional(
        Type.Object(
          {
            source: Type.Literal("show_widget"),
            key: Type.String({ pattern: "^[a-f0-9]{64}$" }),
            fallbackName: Type.String({ pattern: "^[a-z0-9][a-z0-9._-]{0,63}$" }),
          },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  result: BoardPut,
});

export const boardWidgetGrant = contract({
  method: "board.widget.grant",
  access: "operator.approvals",
  sideEffects: true,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      name: Type.String({ pattern: "^[a-z0-9][a-z0-9._-]{0,63}$" }),
      decision: Type.Union([Type.Literal("granted"), Type.Literal("rejected")]),
      revision: Type.Integer({ minimum: 1 }),
      instanceId: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Board,
});

export const boardWidgetAppView = contract({
  method: "board.widget.appView",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      sessionKey: Type.String({ minLength: 1 }),
      agentId: Type.Optional(Type.String({ minLength: 1 })),
      name: Type.String({ pattern: "^[a-z0-9][a-z0-9._-]{0,63}$" }),
      revision: Type.Integer({ minimum: 1 }),
      instanceId: Type.String({ minLength: 1 }),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});
