export const styles = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --paper: #fff; --rule: #d0d7de; --mark: #0a58ca; --area: #dbe9ff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9da7b3; --paper: #0d1117; --rule: #30363d; --mark: #6cb0ff; --area: #1d3557; }
}
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 960px; margin: 0 auto; padding: 24px 16px; }
section { margin-bottom: 32px; }
h1 { font-size: 24px; }
h2 { font-size: 18px; border-top: 1px solid var(--rule); padding-top: 16px; }
p { margin: 4px 0; }
figure { margin: 12px 0; }
svg { display: block; width: 100%; max-width: 720px; overflow: visible; }
svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
.bar, .dot { fill: var(--mark); }
.band { fill: var(--area); }
.whisker, .line { stroke: var(--mark); stroke-width: 2; fill: none; }
.grid { stroke: var(--rule); }
.one, .release { stroke: var(--soft); stroke-dasharray: 4 3; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 4px 12px 4px 0; text-align: right; white-space: nowrap; font-weight: normal; border-bottom: 1px solid var(--rule); }
th:first-child { text-align: left; }
thead th { color: var(--soft); }
.indent { padding-left: 16px; }
@media print {
  :root { --ink: #000; --soft: #444; --paper: #fff; --rule: #bbb; --mark: #0a58ca; --area: #dbe9ff; }
  section { break-inside: avoid-page; }
  .table { overflow: visible; }
}
`
