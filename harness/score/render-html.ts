import { type HistoryPoint, sparkline } from "./history.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { expectedIn, percent, sum } from "./render-markdown.ts";
import type { Failure, GroupScore, MethodScore, Score } from "./score.ts";

/** The scorecard as one file that needs nothing else. */
export function renderHtml(score: Score, history: readonly HistoryPoint[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Scorecard against ${text(score.reference)}</title>
<link rel="icon" href="data:,">
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>Scorecard against ${text(score.reference)}</h1>
<p class="lead">${text(score.gateway)}, ${text(score.date)}. Goldens are recorded from the reference; a method passes
when every check of it does. A method nobody asked is untested, never a pass.</p>
<div class="cards">
${card(String(score.methods.counts.pass), `of ${score.methods.total} methods pass`)}
${card(percent(score.checks.counts.pass, score.checks.total), `of ${score.checks.total} checks pass`)}
${card(String(expectedIn(score.checks.counts)), "checks fail as expected")}
${card(String(score.checks.counts.fail), "checks fail unexpectedly")}
${card(String(score.methods.counts.missing), "methods untested")}
${score.killRate === undefined ? "" : card(`${score.killRate.caught}/${score.killRate.total}`, "saboteurs caught")}
<div class="card">${sparkline(history)}<span>${history.length} ${history.length === 1 ? "score" : "scores"}</span></div>
</div>
<h2 id="areas">Gateway areas</h2>
${groupTable("area", score.areas)}
<h2 id="subsystems">Subsystems</h2>
${groupTable("subsystem", score.subsystems)}
<h2 id="search">Methods and failures</h2>
<form role="search">
<input name="word" type="search" aria-label="Search methods and failures" placeholder="sessions.list, missing scope, chat …">
<select name="verdict" aria-label="Verdict">
<option value="">every verdict</option>
${["pass", "fail", "known-gap", "intentional", "reference-defect", "harness-gap", "missing"]
  .map((verdict) => `<option>${verdict}</option>`)
  .join("")}
</select>
<output id="shown" aria-live="polite"></output>
</form>
<h3>Methods</h3>
${methodTable(score.perMethod)}
<h3>Failures</h3>
${score.failures.map(failureRow).join("\n")}
</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function card(value: string, label: string): string {
  return `<div class="card"><b>${text(value)}</b><span>${text(label)}</span></div>`;
}

function groupTable(kind: string, groups: readonly GroupScore[]): string {
  const rows = groups.map(({ name, methods, checks }) => {
    const total = sum(checks);
    return `<tr><th scope="row">${text(name)}</th><td class="n">${methods.pass} / ${sum(methods)}</td>
<td class="n">${checks.pass} / ${total}</td>
<td><meter min="0" max="${Math.max(total, 1)}" value="${checks.pass}" aria-label="${text(name)}">${percent(checks.pass, total)}</meter>
${percent(checks.pass, total)}</td>
<td class="n">${expectedIn(checks)}</td><td class="n">${checks.fail}</td><td class="n">${methods.missing}</td></tr>`;
  });
  return `<div class="wide"><table><thead><tr><th>${kind}</th><th class="n">methods</th><th class="n">checks</th><th>passing</th>
<th class="n">expected failures</th><th class="n">unexpected</th><th class="n">untested</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function methodTable(methods: readonly MethodScore[]): string {
  const rows = methods.map(
    (
      row,
    ) => `<tr data-text="${attribute(`${row.method} ${row.family} ${row.area}`)}" data-verdict="${row.verdict}">
<td><code>${text(row.method)}</code></td><td class="${row.verdict}">${row.verdict}</td>
<td class="n">${row.passed} / ${row.checks}</td><td>${row.wasServed ? "yes" : "refusals only"}</td>
<td class="n">${row.latencyMs ?? ""}</td><td class="n">${row.referenceLatencyMs ?? ""}</td></tr>`,
  );
  return `<div class="wide"><table><thead><tr><th>method</th><th>verdict</th><th class="n">checks</th><th>served</th>
<th class="n">ms</th><th class="n">reference ms</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function failureRow({ id, method, verdict, reason, diffs, diffCount, severity }: Failure): string {
  const shown = diffs.map(
    (diff) => `<pre>${text(diff.pointer || "/")}  ${diff.kind}
- ${text(show(diff.expected))}
+ ${text(show(diff.actual))}</pre>`,
  );
  const more = diffCount > diffs.length ? `<p>and ${diffCount - diffs.length} more</p>` : "";
  const why = reason === undefined ? "" : `<p class="reason">${text(reason)}</p>`;
  return `<details data-text="${attribute(`${id} ${method} ${reason ?? ""}`)}" data-verdict="${verdict}">
<summary><code>${text(id)}</code> <span class="${verdict}">${verdict}</span> ${severity}</summary>
<div>${why}${shown.join("")}${more}<p><code>referee replay --repro "${text(id)}"</code></p></div></details>`;
}

function show(value: unknown): string {
  return value === undefined ? "(nothing)" : typeof value === "string" ? value : JSON.stringify(value);
}

function text(value: string): string {
  return value
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function attribute(value: string): string {
  return text(value.toLowerCase());
}
