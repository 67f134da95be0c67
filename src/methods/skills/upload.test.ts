import { expect, test } from "vitest";
import { openTestGateway } from "../../testing/gateway.ts";

test.for([
  "begin",
  "chunk",
  "commit",
])("[SK8] skills.upload.%s is refused before its params are looked at", async (step) => {
  await using gateway = await openTestGateway();
  await using client = await gateway.connect();
  const { error } = await client.call(`skills.upload.${step}`, {});
  expect(error).toMatchObject({
    code: "UNAVAILABLE",
    message: "Uploaded skill archive installs are disabled by skills.install.allowUploadedArchives",
  });
});
