import type { NodeRecord } from "../domain/nodes/index.ts";
import type { NodeStore } from "../domain/nodes/store.ts";
import type { Database } from "./database.ts";

interface Row {
  readonly body: string;
}

export function createNodeStore(db: Database): NodeStore {
  return {
    // What was written here was a NodeRecord; a later shape comes with a migration.
    load: () => db.all<Row>("SELECT body FROM node").map((row) => JSON.parse(row.body) as NodeRecord),
    async save(node) {
      await db.write(() =>
        db.run(
          "INSERT INTO node (node_id, body) VALUES (?, ?) ON CONFLICT (node_id) DO UPDATE SET body = excluded.body",
          node.nodeId,
          JSON.stringify(node),
        ),
      );
    },
    async delete(nodeId) {
      await db.write(() => db.run("DELETE FROM node WHERE node_id = ?", nodeId));
    },
  };
}
