import sessions from "./001-sessions.ts";
import idempotency from "./002-idempotency.ts";
import devices from "./003-devices.ts";
import nodes from "./004-nodes.ts";
import runs from "./005-runs.ts";
import approvals from "./006-approvals.ts";
import documents from "./007-documents.ts";
import cron from "./008-cron.ts";
import type { Migration } from "./migration.ts";

export type { Migration } from "./migration.ts";

/** Every step this version knows. Each noun adds its own file and one line here. */
export const MIGRATIONS: readonly Migration[] = [
  sessions,
  idempotency,
  devices,
  nodes,
  runs,
  approvals,
  documents,
  cron,
];
