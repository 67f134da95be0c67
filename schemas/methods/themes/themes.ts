import { Type } from "@sinclair/typebox";
import { contract } from "../../contract.ts";

export const themesList = contract({
  method: "themes.list",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object({}, { additionalProperties: false }),
  result: Type.Unknown(),
});

export const themesGet = contract({
  method: "themes.get",
  access: "operator.read",
  sideEffects: false,
  params: Type.Object(
    { id: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })) },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const themesSet = contract({
  method: "themes.set",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      id: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 256 }), Type.Null()])),
      mode: Type.Optional(
        Type.Union([
          Type.Union([Type.Literal("system"), Type.Literal("light"), Type.Literal("dark")]),
          Type.Null(),
        ]),
      ),
      appearance: Type.Optional(
        Type.Object(
          {
            accent: Type.Optional(Type.Union([Type.String(), Type.Null()])),
            fontUi: Type.Optional(Type.Union([Type.String(), Type.Null()])),
            fontChat: Type.Optional(Type.Union([Type.String(), Type.Null()])),
          },
          { additionalProperties: false },
        ),
      ),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});

export const themesImport = contract({
  method: "themes.import",
  access: "operator.write",
  sideEffects: true,
  params: Type.Object(
    {
      id: Type.String({ minLength: 1, maxLength: 64, pattern: "^[a-z0-9][a-z0-9_-]*$" }),
      definition: Type.Object(
        {
          name: Type.String({ minLength: 1, maxLength: 80 }),
          description: Type.String({ minLength: 1, maxLength: 320 }),
          mascot: Type.Optional(Type.Union([Type.Literal("claw"), Type.Literal("none")])),
          workingPhrases: Type.Optional(
            Type.Array(Type.String({ minLength: 1, maxLength: 24 }), { maxItems: 24 }),
          ),
          critters: Type.Optional(
            Type.Array(Type.String({ pattern: "^[a-z0-9][a-z0-9_-]{0,31}$", maxLength: 32 }), {
              maxItems: 8,
            }),
          ),
          avatarHat: Type.Optional(Type.String({ pattern: "^[a-z0-9][a-z0-9_-]{0,31}$", maxLength: 32 })),
          light: Type.Optional(
            Type.Object(
              {
                background: Type.String({ minLength: 1, maxLength: 120 }),
                foreground: Type.String({ minLength: 1, maxLength: 120 }),
                card: Type.String({ minLength: 1, maxLength: 120 }),
                "card-foreground": Type.String({ minLength: 1, maxLength: 120 }),
                popover: Type.String({ minLength: 1, maxLength: 120 }),
                "popover-foreground": Type.String({ minLength: 1, maxLength: 120 }),
                primary: Type.String({ minLength: 1, maxLength: 120 }),
                "primary-foreground": Type.String({ minLength: 1, maxLength: 120 }),
                secondary: Type.String({ minLength: 1, maxLength: 120 }),
                "secondary-foreground": Type.String({ minLength: 1, maxLength: 120 }),
                muted: Type.String({ minLength: 1, maxLength: 120 }),
                "muted-foreground": Type.String({ minLength: 1, maxLength: 120 }),
                accent: Type.String({ minLength: 1, maxLength: 120 }),
                "accent-foreground": Type.String({ minLength: 1, maxLength: 120 }),
                destructive: Type.String({ minLength: 1, maxLength: 120 }),
                "destructive-foreground": Type.String({ minLength: 1, maxLength: 120 }),
                border: Type.String({ minLength: 1, maxLength: 120 }),
                input: Type.String({ minLength: 1, maxLength: 120 }),
                ring: Type.String({ minLength: 1, maxLength: 120 }),
                "font-sans": Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
                "font-mono": Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
              },
              { additionalProperties: false },
            ),
          ),
          dark: Type.Optional(
            Type.Object(
              {
                background: Type.String({ minLength: 1, maxLength: 120 }),
                foreground: Type.String({ minLength: 1, maxLength: 120 }),
                card: Type.String({ minLength: 1, maxLength: 120 }),
                "card-foreground": Type.String({ minLength: 1, maxLength: 120 }),
                popover: Type.String({ minLength: 1, maxLength: 120 }),
                "popover-foreground": Type.String({ minLength: 1, maxLength: 120 }),
                primary: Type.String({ minLength: 1, maxLength: 120 }),
                "primary-foreground": Type.String({ minLength: 1, maxLength: 120 }),
                secondary: Type.String({ minLength: 1, maxLength: 120 }),
                "secondary-foreground": Type.String({ minLength: 1, maxLength: 120 }),
                muted: Type.String({ minLength: 1, maxLength: 120 }),
                "muted-foreground": Type.String({ minLength: 1, maxLength: 120 }),
                accent: Type.String({ minLength: 1, maxLength: 120 }),
                "accent-foreground": Type.String({ minLength: 1, maxLength: 120 }),
                destructive: Type.String({ minLength: 1, maxLength: 120 }),
                "destructive-foreground": Type.String({ minLength: 1, maxLength: 120 }),
                border: Type.String({ minLength: 1, maxLength: 120 }),
                input: Type.String({ minLength: 1, maxLength: 120 }),
                ring: Type.String({ minLength: 1, maxLength: 120 }),
                "font-sans": Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
                "font-mono": Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
              },
              { additionalProperties: false },
            ),
          ),
        },
        { additionalProperties: false },
      ),
      apply: Type.Optional(Type.Boolean()),
      mode: Type.Optional(Type.Union([Type.Literal("system"), Type.Literal("light"), Type.Literal("dark")])),
    },
    { additionalProperties: false },
  ),
  result: Type.Unknown(),
});
