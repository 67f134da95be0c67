import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

const Item = Type.Object({
  id: Type.String(),
  catalog: Type.Record(Type.String(), Type.Unknown()),
  local: Type.Record(Type.String(), Type.Unknown()),
});

export const pluginsSearch = contract({
  method: "plugins.search",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      query: Type.String({ minLength: 1 }),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Never(),
});

export const pluginsCatalogBrowse = contract({
  method: "plugins.catalog.browse",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      query: Type.Optional(Type.String({ maxLength: 200 })),
      searchSource: Type.Optional(Type.Literal("openclaw-control-ui")),
      intent: Type.Optional(
        Type.Union([
          Type.Literal("all"),
          Type.Literal("bundled"),
          Type.Literal("trending"),
          Type.Literal("official"),
          Type.Literal("featured"),
        ]),
      ),
      category: Type.Optional(Type.String({ minLength: 1, maxLength: 64, pattern: "^[a-z][a-z0-9-]*$" })),
      cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 4096 })),
      pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({
    items: Type.Array(Item),
    nextCursor: Type.Optional(Type.String()),
    remoteError: Type.Optional(Type.String()),
  }),
});

export const pluginsCatalogCategories = contract({
  method: "plugins.catalog.categories",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Never(),
});

export const pluginsCatalogGet = contract({
  method: "plugins.catalog.get",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    {
      id: Type.String({ minLength: 1, maxLength: 512, pattern: "^[A-Za-z0-9_-]+$" }),
      version: Type.Optional(Type.String({ minLength: 1 })),
    },
    { additionalProperties: false },
  ),
  result: Type.Object({ plugin: Item, detail: Type.Record(Type.String(), Type.Unknown()) }),
});
