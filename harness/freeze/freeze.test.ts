import { describe, expect, test } from "vitest";
import { areaOf, familyOf, UngroupedMethod } from "./families.ts";
import { checkManifest, renderManifest } from "./manifest.ts";
import { readManifest } from "./read-manifest.ts";
import { referenceVersion } from "./reference-contract.ts";
import { withoutProse } from "./runtime-surface.ts";
import { validatorOf } from "./validator-names.ts";

const manifest = await readManifest();

describe("the manifest", () => {
  test("holds every method once, the advertised ones first and in the order of hello-ok", () => {
    const statuses = manifest.methods.map((method) => method.status);
    expect(statuses.lastIndexOf("advertised")).toBe(465);
    expect(statuses.filter((status) => status === "advertised")).toHaveLength(466);
    expect(manifest.methods[0]?.name).toBe("health");
  });

  test("is written with one line per entry, and read back as it was", () => {
    const text = renderManifest(manifest);
    expect(JSON.parse(text)).toEqual(manifest);
    expect(text.split("\n").filter((line) => line.includes('"cron.list"'))).toHaveLength(1);
  });

  test("refuses a method that stands in it twice or under a wrong family", () => {
    const [first] = manifest.methods;
    if (first === undefined) throw new Error("the manifest is empty");
    expect(() => checkManifest({ ...manifest, methods: [first, first] })).toThrow("stands twice");
    expect(() => checkManifest({ ...manifest, methods: [{ ...first, family: "cron" }] })).toThrow(
      "is filed under",
    );
    expect(() => checkManifest({ ...manifest, methods: [] })).toThrow("measures nothing");
  });
});

describe("families", () => {
  test("a family is the first segment of the wire name", () => {
    expect(familyOf("sessions.groups.list")).toBe("sessions");
    expect(familyOf("set-heartbeats")).toBe("set-heartbeats");
  });

  test("a method of an unknown family stops the freeze", () => {
    expect(() => areaOf("moon.phase")).toThrow(UngroupedMethod);
  });
});

describe("schemas", () => {
  test("words for people do not move the hash, and a property called description is no such word", () => {
    const schema = {
      type: "object",
      description: "help",
      properties: { description: { type: "string", description: "more help" } },
    };
    expect(withoutProse(schema)).toEqual({
      properties: { description: { type: "string" } },
      type: "object",
    });
  });

  test.for([
    ["sessions.files.list", "SessionsFilesListParams"],
    ["tools.github.status", "ToolsGitHubStatusParams"],
    ["conversations.send", "ConversationSendParams"],
  ] as const)("%s is checked by %s", ([method, validator]) => {
    expect(validatorOf(method, { schemas: { [validator]: {} } })).toBe(validator);
  });

  test("a method without a validator has none", () => {
    expect(validatorOf("health", { schemas: { CronListParams: {} } })).toBeUndefined();
  });
});

describe("versions", () => {
  test("a reference is named with its package", () => {
    expect(referenceVersion("openclaw@2026.9.6")).toBe("2026.9.6");
    expect(referenceVersion("openclaw@latest")).toBe("latest");
    expect(() => referenceVersion("2026.9.6")).toThrow("openclaw@<version>");
  });
});
