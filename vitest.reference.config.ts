import { defineConfig } from "vitest/config";

/** Tests that hold us against an installed reference; `npm test` needs none and leaves them out. */
export default defineConfig({
  test: { include: ["{src,schemas,harness}/**/*.reference.test.ts"], pool: "threads" },
});
