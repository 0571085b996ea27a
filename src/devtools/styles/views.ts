/** What the views of the plan, of the visitor and of the settings share. */
export const viewStyles = `
.contents { display: contents; }
.planned { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 14px; padding: 8px 14px 9px; border-block-end: 1px solid var(--hair); }
.planned .what { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 8px; white-space: normal; }
.never { padding: 2px 8px; border: 1px dashed var(--field); border-radius: 11px; color: var(--ink); font-size: 11.5px; white-space: nowrap; }
.tallies { display: flex; flex-wrap: wrap; align-items: center; justify-content: flex-end; gap: 2px 12px; min-block-size: 24px; font-size: 12px; }
.scroll { flex: 1; min-block-size: 0; padding-block-end: 12px; }
.summary { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 4px 16px; padding: 8px 14px; border-block-end: 1px solid var(--line); }
.check { display: inline-flex; align-items: center; gap: 7px; min-block-size: 28px; cursor: pointer; }
.check input { inline-size: 16px; block-size: 16px; margin: 0; accent-color: var(--accent); }
.link {
  min-block-size: 24px; padding: 0; border: 0; background: none; color: var(--ink); font-weight: 600; text-align: start;
  text-decoration: underline var(--line) 1px; text-underline-offset: 3px; cursor: pointer;
}
.link:hover { color: var(--accent); text-decoration-color: currentColor; }
.tag { padding: 1px 6px; border: 1px solid var(--line); border-radius: 5px; color: var(--muted); font-size: 11px; }
.subtitle { padding: 16px 14px 4px; font-weight: 600; }

.category { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; padding: 10px 14px; border-block-end: 1px solid var(--hair); }
.category :is(legend, label[for]) { float: inline-start; inline-size: 160px; font-weight: 600; }
.category label[for] { line-height: 24px; }
.settings select, .keys {
  block-size: 32px; min-inline-size: 0; padding-inline: 10px; border: 1px solid var(--field); border-radius: 8px;
  background: var(--bg); color: var(--ink); font: 12.5px/1 var(--sans);
}
.settings select { text-transform: capitalize; }
.settings .note { padding-block-start: 10px; }
.keys { inline-size: 170px; }
/* Rows of every list, also of those whose styles come with their view. What is clicked stays 24px high. */
[data-density=compact] :is(.category, .planned, .destination, .section, .block) { padding-block: 4px; }
[data-density=compact] :is(.checks li, .steps li, .stages > li, .differences li, .matrix th, .matrix td, summary) { padding-block: 1px; }
[data-density=compact] :is(.facts, .acts, .concerns, .derived, .opened, .plain-list, .stages, .deliveries) { row-gap: 1px; }
.switch { display: flex; border: 1px solid var(--field); border-radius: 9px; padding: 2px; gap: 2px; }
.switch label { position: relative; cursor: pointer; }
.switch input { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; margin: 0; opacity: 0; cursor: pointer; }
.switch span { display: grid; place-content: center; min-inline-size: 72px; min-block-size: 26px; padding-inline: 10px; border-radius: 6px; color: var(--muted); }
.switch input:hover + span { color: var(--ink); }
.switch input:checked + span { background: var(--ink); color: var(--bg); font-weight: 600; }
.switch input:focus-visible + span { outline: 2px solid var(--accent); outline-offset: 1px; }
.scroll > .check { padding: 10px 14px 0; }
.note { max-inline-size: 70ch; padding-inline: 14px; }
@container panel (max-width: 479px) {
  .planned { grid-template-columns: minmax(0, 1fr); }
  .tallies { justify-content: flex-start; }
  .switch { flex: 1; }
  .switch label { flex: 1; }
  .switch span { min-inline-size: 0; }
}
@media (forced-colors: active) {
  .switch input:checked + span { forced-color-adjust: none; background: Highlight; color: HighlightText; }
}
`
