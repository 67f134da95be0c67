import { POLICY } from "../../schemas/policy.ts";
import type { Task, TaskStore } from "../domain/tasks/index.ts";
import type { Database } from "./database.ts";

/** The ledger of tasks over SQLite; the oldest give way. */
export function createTaskStore(database: Database): TaskStore {
  const parse = (row: { body: string }): Task => JSON.parse(row.body) as Task;
  return {
    put: (task) =>
      database.write(() => {
        const sql = `
          INSERT INTO task (task_id, updated_at, body) VALUES (?, ?, ?)
          ON CONFLICT (task_id) DO UPDATE SET updated_at = excluded.updated_at, body = excluded.body`;
        database.run(sql, task.taskId, task.updatedAt, JSON.stringify(task));
        const excess = `
          DELETE FROM task WHERE task_id IN
            (SELECT task_id FROM task ORDER BY updated_at DESC, task_id LIMIT -1 OFFSET ?)`;
        database.run(excess, POLICY.tasksMax);
      }),
    get: async (taskId) => {
      const row = database.one<{ body: string }>("SELECT body FROM task WHERE task_id = ?", taskId);
      return row && parse(row);
    },
    recent: async (limit) =>
      database
        .all<{ body: string }>("SELECT body FROM task ORDER BY updated_at DESC, task_id LIMIT ?", limit)
        .map(parse),
  };
}
