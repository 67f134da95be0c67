import { chmodSync, mkdtempDisposableSync, readdirSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { secretFile } from "./secret-file.ts";

test("a secret is made once, whole, and for its owner alone", () => {
  using folder = mkdtempDisposableSync(path.join(os.tmpdir(), "understudy-secret-"));
  const file = path.join(folder.path, "deep", "secret");

  expect(secretFile(file, () => "first")).toBe("first");
  chmodSync(file, 0o644);
  expect(secretFile(file, () => "second")).toBe("first");

  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
  expect(readdirSync(path.dirname(file))).toEqual(["secret"]);
});
