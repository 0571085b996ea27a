/** Styles of the line below the tabs, loaded with it. frame.ts keeps its room until then. */
export const statusStyles = `
.stats { display: contents; }
.stat {
  flex: none; display: inline-flex; align-items: center; justify-content: center; gap: 4px; min-block-size: 26px; min-inline-size: 24px; padding-inline: 7px; border: 1px solid transparent; border-radius: 7px;
  background: none; color: var(--ink); font: 500 11.5px/1.2 var(--sans); font-variant-numeric: tabular-nums; white-space: nowrap; cursor: pointer;
}
.stat:hover { background: var(--bg); }
.stat:focus-visible { outline-offset: -2px; }
.stat .icon { inline-size: 13px; block-size: 13px; }
.stat[aria-pressed=true] { border-color: var(--ink); background: var(--ink); color: var(--bg); }
.stat .category-name { max-inline-size: 20ch; overflow: hidden; text-overflow: ellipsis; }
.stat .answer { color: var(--muted); font-weight: 400; }
.stat[data-state=passes] .icon { color: var(--good); }
.stat[data-state=fails] .icon, .lost, .health-badge { color: var(--problem); }
.stat[data-state=waits] .icon, .stat [data-state=waits] { color: var(--waiting); }
.plan-name { flex: 0 1 auto; min-inline-size: 0; margin-inline-start: auto; padding-inline: 8px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--muted); font: 11.5px/1.4 var(--mono); }
/* The line can be scrolled where it is too long: this stays in sight. */
.health-badge { position: sticky; inset-inline-end: 0; margin-inline-start: auto; padding-inline-end: 12px; border-radius: 0; background: var(--raised); }
.status:has(.health-badge) { padding-inline-end: 0; }
@container panel (min-width: 801px) { .health-badge { display: none; } }
@container panel (max-width: 800px) {
  .plan-name { display: none; }
  .stat { padding-inline: 5px; }
  .stat .category-name { max-inline-size: 12ch; }
  .stat .more { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); }
}
@container panel (max-width: 479px) { .stat .answer { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); } }
@container panel (max-width: 379px) { .stat { padding-inline: 1px; gap: 2px; font-size: 11px; } .status { gap: 0; padding-inline: 4px; } }
@media (pointer: coarse) { .stat { min-block-size: 44px; min-inline-size: 44px; justify-content: center; } }
@media (forced-colors: active) { .stat[aria-pressed=true] { forced-color-adjust: none; border-color: Highlight; background: Highlight; color: HighlightText; } }
`
