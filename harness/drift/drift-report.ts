import type { Check } from "../compare/verdict.ts";
import type { SurfaceChange } from "./surface-drift.ts";

/** What upstream changed about one method, event or route: on paper, and in what it answers. */
export interface DriftRow {
  readonly subject: string;
  readonly surface: readonly SurfaceChange[];
  /** Ids of checks whose frozen golden no longer holds. */
  readonly checks: readonly string[];
  /** The first difference of the first such check, to read at a glance. */
  readonly example?: string;
}

export interface DriftReport {
  readonly from: string;
  readonly to: string;
  readonly rows: readonly DriftRow[];
  readonly checked: number;
  /** Checks that could not be asked: they say nothing, so they are counted apart. */
  readonly notAsked: number;
}

export interface DriftInput {
  readonly from: string;
  readonly to: string;
  readonly surface: readonly SurfaceChange[];
  readonly checks: readonly Check[];
}

/** Sorted by how much changed: what needs work first stands first. */
export function driftReport({ from, to, surface, checks }: DriftInput): DriftReport {
  const failed = Map.groupBy(
    checks.filter((check) => check.verdict === "fail"),
    (check) => check.method,
  );
  const onPaper = Map.groupBy(surface, (change) => change.subject);
  const subjects = new Set([...onPaper.keys(), ...failed.keys()]);
  const rows = [...subjects].map((subject) => toRow(subject, onPaper.get(subject), failed.get(subject)));
  const weight = (row: DriftRow): number => row.surface.length + row.checks.length;
  return {
    from,
    to,
    rows: rows.toSorted((a, b) => weight(b) - weight(a) || a.subject.localeCompare(b.subject, "en")),
    checked: checks.filter((check) => check.verdict !== "harness-gap").length,
    notAsked: checks.filter((check) => check.verdict === "harness-gap").length,
  };
}

function toRow(
  subject: string,
  surface: readonly SurfaceChange[] = [],
  failed: readonly Check[] = [],
): DriftRow {
  const first = failed[0]?.diffs[0];
  return {
    subject,
    surface,
    checks: failed.map((check) => check.id),
    ...(first === undefined
      ? {}
      : { example: `${first.pointer}: ${show(first.expected)} -> ${show(first.actual)}` }),
  };
}

const SHOWN_MAX = 120;

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}...` : text;
}

function sayChange(change: SurfaceChange): string {
  if (change.kind !== "changed") return change.kind;
  return `${change.what ?? "it"} ${show(change.before)} -> ${show(change.after)}`;
}

/** The report as an issue text: one section of the surface, one of behaviour. */
export function renderDrift(report: DriftReport): string {
  const lines = [`# Drift: ${report.from} to ${report.to}`, ""];
  if (report.rows.length === 0) {
    lines.push(`Nothing changed in ${report.checked} checks and the whole surface.`);
  } else {
    lines.push(`${report.rows.length} subjects changed; ${report.checked} checks were asked.`, "");
    lines.push("| subject | surface | checks | for example |", "| --- | --- | --- | --- |");
    for (const row of report.rows) {
      const cells = [
        row.subject,
        row.surface.map(sayChange).join("; "),
        row.checks.length,
        row.example ?? "",
      ];
      lines.push(`| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`);
    }
  }
  if (report.notAsked > 0) lines.push("", `${report.notAsked} checks could not be asked.`);
  return `${lines.join("\n")}\n`;
}
