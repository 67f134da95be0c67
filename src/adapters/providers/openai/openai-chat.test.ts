import { providerSuite } from "../../../testing/provider-suite.ts";
import { openaiProvider } from "./index.ts";

providerSuite({
  api: "openai-completions",
  folder: import.meta.dirname,
  make: openaiProvider,
});
