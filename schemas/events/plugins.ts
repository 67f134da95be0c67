import { Type } from "@sinclair/typebox";
import { event } from "../contract.ts";

/** Other plugins may be in force than before. */
export const pluginsChanged = event({
  event: "plugins.changed",
  scope: "operator.read",
  payload: Type.Object({ generation: Type.Integer() }),
});

/** How far the search for a plugin is, for whoever wanted it installed. */
export const pluginsInstallProgress = event({
  event: "plugins.install.progress",
  scope: "operator.admin",
  payload: Type.Object({
    activityId: Type.String(),
    stage: Type.Literal("resolve"),
    status: Type.Union([Type.Literal("started"), Type.Literal("failed"), Type.Literal("completed")]),
    requestId: Type.String(),
  }),
});
