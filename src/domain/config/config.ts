/**
 * The reference's `openclaw.json`, as far as the gateway honours it. Defaults are applied, so members that have
 * one are always present. The zod model beside this file is what checks a file and yields this type.
 */
export interface Config {
  readonly gateway: {
    readonly port: number;
    readonly bind: string;
    readonly trustedProxies: readonly string[];
  };
  readonly agents: {
    readonly defaults: {
      readonly model: { readonly primary: string; readonly fallbacks: readonly string[] };
    };
  };
}
