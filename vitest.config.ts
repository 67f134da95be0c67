import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{src,schemas,harness,tools,bench}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/*.reference.test.ts"],
    pool: "threads",
    coverage: { provider: "v8" },
  },
});
