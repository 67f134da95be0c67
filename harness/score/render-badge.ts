import { expectedIn } from "./render-markdown.ts";
import type { Score } from "./score.ts";

/** A flat badge as an SVG of its own: no font, script or picture from anywhere else. */
export function renderBadge(label: string, value: string, color: string): string {
  const left = widthOf(label);
  const right = widthOf(value);
  const title = `${label}: ${value}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${title}">
  <title>${title}</title>
  <clipPath id="r"><rect width="${left + right}" height="20" rx="3"/></clipPath>
  <g clip-path="url(#r)">
    <rect width="${left}" height="20" fill="#444"/>
    <rect x="${left}" width="${right}" height="20" fill="${color}"/>
  </g>
  <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
    <text x="${left / 2}" y="14">${label}</text>
    <text x="${left + right / 2}" y="14">${value}</text>
  </g>
</svg>
`;
}

/** The badges of a score, by file name. */
export function badgesOf(score: Score): Readonly<Record<string, string>> {
  const { pass } = score.checks.counts;
  const share = score.checks.total === 0 ? 0 : pass / score.checks.total;
  const methods = `${score.methods.counts.pass} / ${score.methods.total}`;
  const expected = `${expectedIn(score.checks.counts)}`;
  const { killRate } = score;
  return {
    "parity.svg": renderBadge("parity", `${(100 * share).toFixed(1)} %`, colorOf(share)),
    "methods.svg": renderBadge("methods", methods, colorOf(score.methods.counts.pass / score.methods.total)),
    "expected-failures.svg": renderBadge("expected failures", expected, "#6b7280"),
    ...(killRate === undefined
      ? {}
      : {
          "saboteurs.svg": renderBadge(
            "saboteurs caught",
            `${killRate.caught} / ${killRate.total}`,
            colorOf(killRate.caught === killRate.total ? 1 : 0),
          ),
        }),
  };
}

function colorOf(share: number): string {
  if (share >= 0.95) return "#2e7d32";
  if (share >= 0.7) return "#8a6d00";
  return share >= 0.4 ? "#b45309" : "#b91c1c";
}

/** Near enough for the two fonts above at 11 px. */
function widthOf(text: string): number {
  return Math.round(text.length * 6.8 + 12);
}
