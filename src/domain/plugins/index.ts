import type { LinkReader, Manifest, WidgetKind } from "./manifest.ts";

export { type ControlUiParts, controlUiParts, uiDescriptors } from "./control-ui.ts";
export type { Hub, HubFailure } from "./hub.ts";
export { findToInstall, type InstallSource } from "./install.ts";
export { inOrder, inspectionOf, rowOf } from "./listing.ts";
export { browseLocally, detailOf, isLocalIdentity, localPlugin } from "./local-catalog.ts";
export type { Credential, LinkReader, Manifest, WidgetKind } from "./manifest.ts";
export { createPlugins, type PluginsOptions } from "./plugins.ts";
export { type RenewedTicket, renewTicket } from "./renewal.ts";
export { isCredentialOf, readCredential, withPluginEnabled } from "./settings.ts";
export { skillText } from "./skill-text.ts";
export { createSurfaces, type Surfaces, type SurfaceTicket } from "./surfaces.ts";

/** Something that a plugin in force shows, and whose it is. */
export interface Shown<T> {
  readonly plugin: Pick<Manifest, "id" | "name">;
  readonly shown: T;
}

/** The features that the reference bundles as plugins: which of them are in force here, and what they bring. */
export interface Plugins {
  /** Ids of those in force, sorted: switched on, and everything they bring is answered. */
  loaded(): readonly string[];
  isLoaded(pluginId: string): boolean;
  /** Switched on by the configuration, in force or not. */
  isEnabled(manifest: Manifest): boolean;
  linkReaders(): readonly Shown<LinkReader>[];
  widgetKinds(): readonly Shown<WidgetKind>[];
  /** Pages that are reached through a ticket. */
  surfaces(): readonly string[];
  /** Whether a method is that of a plugin which is not in force: then it is as unknown as any other. */
  isDormant(method: string): boolean;
  /** All methods that are answered and shown to clients, and the sign-in of connectors, which browsers are shown. */
  methods(): readonly string[];
  /** The version that bundled plugins carry. */
  readonly version: string;
  /** Rises with each change of what is in force. */
  readonly generation: number;
  /** Counts a reload that changed nothing as well. */
  advance(): number;
  /** Every plugin there is, installed or not. Loaded when asked for. */
  all(): Promise<readonly Manifest[]>;
}
