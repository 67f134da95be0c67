export { type Browsers, createBrowsers } from "./browsers.ts";
export type * from "./host.ts";
