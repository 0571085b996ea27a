/** Styles of the Plan view, loaded with it. */
export const planStyles = `
.plan-filter { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; padding: 8px 14px; border-block-end: 1px solid var(--hair); }
.plan-filter input { flex: 1 1 160px; }
.plan-filter label { display: inline-flex; align-items: center; gap: 6px; color: var(--muted); }
.plan-filter select { inline-size: auto; max-inline-size: 180px; }
.tallies .link { font: 600 12px/1.45 var(--sans); }
.about { grid-column: 1 / -1; color: var(--muted); font-size: 12px; }
.shapes code { color: var(--ink); }
.drift { grid-column: 1 / -1; font-size: 12px; }
.drift li { display: flex; gap: 6px; padding-block: 1px; }
.drift .icon { inline-size: 14px; block-size: 14px; margin-block-start: 2px; color: var(--waiting); }
.drift [data-drift=fails] .icon { color: var(--problem); }
.summary .category { padding: 0; border: 0; }
.summary .category legend { float: none; inline-size: auto; position: absolute; clip-path: inset(50%); }
.plain-list { padding: 2px 14px 6px; display: grid; gap: 4px; }
.hints { color: var(--muted); max-inline-size: 80ch; }
.stages { padding: 2px 14px 6px; display: grid; gap: 6px; }
.stages li { display: grid; grid-template-columns: minmax(90px, 1fr) auto minmax(110px, auto); gap: 2px 14px; }
.stages .muted { text-align: end; }
.meter { grid-column: 1 / -1; block-size: 3px; border-radius: 2px; background: var(--accent); }
@container panel (max-width: 479px) {
  .plan-filter { gap: 4px; padding-block: 4px; }
  .plan-filter input { flex-basis: 100%; }
  .plan-filter label { flex: 1 1 auto; max-inline-size: 100%; }
  .plan-filter select { flex: 1 1 auto; max-inline-size: 100%; padding-inline: 4px; font-size: 12px; }
  .plan-filter .asked { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
  .summary { padding-block: 4px; }
  .summary .category { inline-size: 100%; order: 1; }
}
@container panel (max-width: 379px) { .percent { display: none; } }
@media (forced-colors: active) { .meter { background: Highlight; forced-color-adjust: none; } }
`
