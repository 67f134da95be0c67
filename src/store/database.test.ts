import { mkdtempDisposableSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { databaseFile, NewerDatabaseError, openDatabase } from "./database.ts";
import { openLogSync } from "./log-sync.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import { StateInUseError } from "./owner.ts";

const clock = { now: () => 1_000 };

function stateFolder() {
  return mkdtempDisposableSync(path.join(os.tmpdir(), "understudy-store-"));
}

test("[ST1] a second gateway on the same state folder is refused and told the owner's pid", () => {
  using folder = stateFolder();
  const first = openDatabase({ stateDir: folder.path, clock });

  expect(() => openDatabase({ stateDir: folder.path, clock })).toThrow(StateInUseError);
  expect(() => openDatabase({ stateDir: folder.path, clock })).toThrow(String(process.pid));

  first.close();
  openDatabase({ stateDir: folder.path, clock }).close();
});

test.for([
  { owner: "a pid that no process has", pid: 2 ** 22 + 1, started: "1" },
  { owner: "a pid that another process got since", pid: process.pid, started: "1" },
])("[ST1] the lock of a dead owner is taken over: $owner", ({ pid, started }) => {
  using folder = stateFolder();
  const first = openDatabase({ stateDir: folder.path, clock });
  first.run("UPDATE owner SET pid = ?, started = ?", pid, started);
  first.close();

  const second = openDatabase({ stateDir: folder.path, clock });

  expect(second.one<{ pid: number }>("SELECT pid FROM owner")?.pid).toBe(process.pid);
  second.close();
});

test("[ST2] a database of a newer version is refused and left free", () => {
  using folder = stateFolder();
  const newer = { id: 9_999, name: "from-the-future", sql: "CREATE TABLE future (id INTEGER) STRICT;" };
  openDatabase({ stateDir: folder.path, clock, migrations: [...MIGRATIONS, newer] }).close();

  expect(() => openDatabase({ stateDir: folder.path, clock })).toThrow(NewerDatabaseError);
  expect(() => openDatabase({ stateDir: folder.path, clock })).toThrow("9999-from-the-future");
});

test("[ST3] of changes that share a commit, one that throws is undone alone", async () => {
  const database = openDatabase({ stateDir: undefined, clock });
  const insert = (name: string) => () =>
    database.run("INSERT INTO session_group (name, position, body) VALUES (?, 0, '{}')", name);

  const settled = await Promise.allSettled([
    database.write(insert("a")),
    database.write(() => {
      insert("b")();
      throw new Error("no");
    }),
    database.write(insert("c")),
  ]);

  expect(settled.map((one) => one.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(database.all("SELECT name FROM session_group ORDER BY name")).toEqual([
    { name: "a" },
    { name: "c" },
  ]);
  database.close();
});

test("[ST4] close writes what still waits", async () => {
  using folder = stateFolder();
  const database = openDatabase({ stateDir: folder.path, clock });
  const waiting = database.write(() =>
    database.run("INSERT INTO session_group (name, position, body) VALUES ('late', 0, '{}')"),
  );
  database.close();
  await waiting;

  const raw = new Sqlite(databaseFile(folder.path), { readonly: true });
  expect(raw.prepare("SELECT name FROM session_group").all()).toEqual([{ name: "late" }]);
  raw.close();
});

test.for([
  "covered",
  "synced",
] as const)("[ST4] what is to be written (%s) after the close is refused to whoever waits for it", async (durability) => {
  const database = openDatabase({ stateDir: undefined, clock });
  database.close();
  await expect(database.write(() => {}, durability)).rejects.toThrow("The database connection is not open");
});

test("[ST5] a sound database has no findings, and migration ids are unique", () => {
  const database = openDatabase({ stateDir: undefined, clock });

  expect(database.integrity()).toEqual([]);
  expect(new Set(MIGRATIONS.map((migration) => migration.id)).size).toBe(MIGRATIONS.length);
  database.close();
});

/** A log whose syncs are over when the test says so. */
function heldLog() {
  const asked: ((error: Error | null) => void)[] = [];
  let immediate = 0;
  return {
    open: () => ({
      after: (told: (error: Error | null) => void) => asked.push(told),
      now: () => (immediate += 1),
      close() {},
    }),
    get asked() {
      return asked.length;
    },
    get immediate() {
      return immediate;
    },
    end: (error: Error | null) => asked.splice(0).forEach((told) => told(error)),
  };
}

test("[ST9] only what nobody makes good later waits for the disk, and what was written at once does so too", async () => {
  using folder = stateFolder();
  const log = heldLog();
  const database = openDatabase({ stateDir: folder.path, clock, openLog: log.open });

  await database.write(() => {}, "covered");
  const afterCovered = log.asked;
  const told: string[] = [];
  const synced = database.write(() => {}).then(() => told.push("synced"));
  await database.write(() => told.push("written"), "covered").then(() => told.push("covered"));
  const afterBoth = { asked: log.asked, told: [...told] };
  log.end(null);
  await synced;
  database.writeNow(() => {});
  const { immediate } = log;
  database.close();

  expect(afterCovered).toBe(0);
  expect(afterBoth).toEqual({ asked: 1, told: ["written", "covered"] });
  expect(told).toEqual(["written", "covered", "synced"]);
  expect(immediate).toBe(1);
});

test("[ST7] whoever waits for the disk hears that it failed", async () => {
  using folder = stateFolder();
  const log = heldLog();
  const database = openDatabase({ stateDir: folder.path, clock, openLog: log.open });
  const waiting = database.write(() => {});
  await database.write(() => {}, "covered");

  log.end(new Error("EIO"));

  await expect(waiting).rejects.toThrow("EIO");
  database.close();
});

test("[ST7] who asks during a sync shares the next one, also when the log is closed meanwhile", async () => {
  using folder = stateFolder();
  const file = path.join(folder.path, "log");
  writeFileSync(file, "x");
  const log = openLogSync(file);
  const over: string[] = [];
  const sync = (name: string) =>
    new Promise<void>((resolve) =>
      log.after(() => {
        over.push(name);
        resolve();
      }),
    );

  const all = [sync("first"), sync("second"), sync("third")];
  log.close();
  await Promise.all(all);

  expect(over).toEqual(["first", "second", "third"]);
});
