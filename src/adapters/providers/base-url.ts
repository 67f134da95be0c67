import type { ProviderConfig } from "../../domain/config/index.ts";

/** Where a service is, without a slash at the end. */
export function baseUrl(settings: ProviderConfig | undefined, home: string): string {
  return (settings?.baseUrl ?? home).replace(/\/+$/, "");
}
