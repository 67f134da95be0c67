/** The look of the scorecard page: system fonts, both colour schemes, nothing from anywhere else. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d8d8dc, #3a3a42); --dim: light-dark(#5b5b66, #a0a0ad);
  --card: light-dark(#f6f6f8, #1e1e24); --ground: light-dark(#ffffff, #131318); --ink: light-dark(#1a1a20, #ececf1);
  --pass: light-dark(#1b6b2f, #6fd08c); --fail: light-dark(#b3261e, #ff8a80); --gap: light-dark(#7a5200, #f0b429);
  --other: light-dark(#3b4a8c, #a8b6ff); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
p.lead { color: var(--dim); margin: 0 0 1.5rem; max-width: 60rem; }
.cards { display: flex; flex-wrap: wrap; gap: .75rem; align-items: stretch; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; min-width: 9rem; }
.card b { display: block; font-size: 1.5rem; font-variant-numeric: tabular-nums; } .card span { color: var(--dim); }
.spark { color: var(--pass); display: block; }
table { border-collapse: collapse; width: 100%; } .wide { overflow-x: auto; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { text-align: left; font-weight: 600; color: var(--dim); } .n { text-align: right; font-variant-numeric: tabular-nums; }
meter { width: 7rem; }
.pass { color: var(--pass); } .fail, .missing { color: var(--fail); } .known-gap, .harness-gap { color: var(--gap); }
.intentional, .reference-defect { color: var(--other); }
code, pre { font: 13px/1.5 ui-monospace, monospace; } pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .25rem 0; }
form { display: flex; flex-wrap: wrap; gap: .75rem; margin: 0 0 1rem; }
input, select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line);
  border-radius: 6px; padding: .35rem .6rem; } input { flex: 1 1 16rem; }
:focus-visible { outline: 2px solid var(--other); outline-offset: 2px; }
details { border-bottom: 1px solid var(--line); padding: .3rem 0; } summary { cursor: pointer; }
details > div { padding: .25rem 0 .5rem 1.25rem; } .reason { color: var(--dim); }
[hidden] { display: none; }
`;
