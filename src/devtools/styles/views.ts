/** Styles that the lazily loaded views share. */
export const viewStyles = `
.contents { display: contents; }
:where(button) { font: inherit; }
.planned { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 14px; padding: 8px 14px 9px; border-block-end: 1px solid var(--hair); }
.planned .what { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 8px; white-space: normal; }
.never { padding: 2px 8px; border: 1px dashed var(--field); border-radius: 11px; color: var(--ink); font-size: 11.5px; white-space: nowrap; }
.tallies { display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: 2px 12px; min-block-size: 24px; font-size: 12px; }
.scroll { flex: 1; min-block-size: 0; padding-block-end: 12px; }
.summary { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 4px 16px; padding: 8px 14px; border-block-end: 1px solid var(--line); }
[data-state=passes] > .icon { color: var(--good); }
[data-state=fails] > .icon { color: var(--problem); }
[data-state=waits] > .icon { color: var(--waiting); }
[data-state=unknown] > .icon, [data-state=unchecked] > .icon { color: var(--quiet); }
.subtitle { padding: 16px 14px 4px; font-weight: 600; }

.category { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; padding: 10px 14px; border-block-end: 1px solid var(--hair); }
.category :is(legend, label[for]) { float: inline-start; inline-size: 160px; font-weight: 600; }
.category label[for] { line-height: 24px; }
/* Rows of every list, also of those whose styles come with their view. What is clicked stays 24px high. */
[data-density=compact] :is(.category, .planned, .destination, .section, .block) { padding-block: 4px; }
[data-density=compact] :is(.checks li, .steps li, .stages > li, .differences li, .matrix th, .matrix td, summary) { padding-block: 1px; }
[data-density=compact] :is(.facts, .acts, .concerns, .derived, .opened, .plain-list, .stages, .deliveries) { row-gap: 1px; }
.switch { display: flex; border: 1px solid var(--field); border-radius: 9px; padding: 2px; gap: 2px; }
.switch label { position: relative; cursor: pointer; }
.switch input { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; margin: 0; opacity: 0; cursor: pointer; }
.switch span { display: grid; place-content: center; min-inline-size: 72px; min-block-size: 26px; padding-inline: 10px; border-radius: 6px; color: var(--muted); }
.switch input:hover + span { color: var(--ink); }
.switch input:checked + span { background: var(--ink); color: var(--bg); }
.switch input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 1px; }
.scroll > .check { padding: 10px 14px 0; }
.note { max-inline-size: 70ch; padding-inline: 14px; }
@container panel (max-width: 479px) {
  .planned { grid-template-columns: minmax(0, 1fr); }
  .tallies { justify-content: flex-start; }
  .switch { flex: 1; }
  .switch label { flex: 1 1 auto; }
  .switch span { min-inline-size: 0; padding-inline: 4px; white-space: nowrap; }
  .category :is(legend, label[for]) { inline-size: 100%; }
}
/* A finger tip needs 44 px. */
@media (pointer: coarse) {
  .switch span { min-block-size: 44px; }
}
@media (forced-colors: active) {
  .switch input:checked + span { forced-color-adjust: none; background: Highlight; color: HighlightText; }
}
`
