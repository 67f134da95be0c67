import { expect, test } from "vitest";
import type { Documents } from "../documents/index.ts";
import { createAuthProfiles } from "./auth-profiles.ts";

function inMemory(): Documents {
  const kept = new Map<string, string>();
  return {
    read: async (scope, name) => {
      const text = kept.get(`${scope}/${name}`);
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    write: async (scope, name, value) => void kept.set(`${scope}/${name}`, JSON.stringify(value)),
    names: async () => [],
  };
}

const open = (documents = inMemory()) =>
  createAuthProfiles({ documents, defaultAgentId: () => "main", isNewState: false });

test("[MD3] a saved key is there after a restart, and is replaced in its own profile", async () => {
  const documents = inMemory();
  const id = await open(documents).setApiKey("main", "mock", "first");
  const again = open(documents);

  expect(id).toBe("mock:manual");
  expect(await again.keyOf("mock")).toBe("first");
  expect(await again.setApiKey("main", "mock", "second")).toBe("mock:manual");
  expect(await again.keyOf("mock")).toBe("second");
});

test("[MD3] an agent without sign-ins of its own has those of the default agent, and cannot remove them", async () => {
  const profiles = open();
  await profiles.setApiKey("main", "mock", "shared");

  expect(await profiles.list("other", "mock")).toMatchObject([{ id: "mock:manual", key: "shared" }]);
  expect(await profiles.remove("other", "mock", undefined)).toEqual([]);
  expect(await profiles.remove("main", "mock", undefined)).toEqual(["mock:manual"]);
  expect(await profiles.keyOf("mock")).toBeUndefined();
});

test("[MD3] an order names what there is, and nothing else", async () => {
  const profiles = open();
  await profiles.setApiKey("main", "mock", "key");

  await expect(profiles.setOrder("main", "mock", ["x"])).rejects.toThrow(
    "profileId x is unavailable for provider mock",
  );
  await profiles.setOrder("main", "mock", ["mock:manual"]);
  await expect(profiles.remove("main", "mock", ["x"])).rejects.toThrow(
    "profileIds contain unavailable auth profiles",
  );
});
