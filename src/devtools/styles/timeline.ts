/** The list of attempts and the detail pane. The height of a row is known to attempt-list.tsx too. */
export const timelineStyles = `
.view { flex: 1; min-block-size: 0; display: flex; flex-direction: column; }
.timeline { flex: 1; min-block-size: 0; display: flex; flex-direction: column; }
.whole, .split { flex: 1; min-block-size: 0; display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); }
.split { grid-template-columns: minmax(0, 11fr) minmax(0, 10fr); }
.list, .detail, .scroll { overflow-y: auto; overscroll-behavior: contain; scrollbar-width: thin; scrollbar-color: var(--field) transparent; }
.list { contain: strict; }
.list > div { position: relative; }
.list:focus-visible { outline: none; }

.row {
  position: absolute; inset: 0 0 auto; block-size: 44px; padding: 4px 12px 5px 11px; cursor: pointer;
  display: grid; grid-template: 1fr 1fr / 16px minmax(0, 1fr) auto; column-gap: 9px; align-items: center;
  border-block-end: 1px solid var(--hair);
}
.row:hover { background: var(--raised); }
.row[aria-selected=true] { background: var(--tint); box-shadow: inset 2px 0 var(--accent); }
.list:focus-visible .row.active { outline: 2px solid var(--accent); outline-offset: -2px; }
.list:focus-visible:not([aria-activedescendant]) { outline: 2px solid var(--accent); outline-offset: -2px; }
.row > .icon { grid-row: 1 / 3; align-self: start; margin-block-start: 2px; }
.what, .why { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.row .name { font-weight: 600; }
.row .sample { margin-inline-start: 10px; color: var(--muted); font: 11.5px/1 var(--mono); }
.row .time, .row .from { justify-self: end; color: var(--muted); font-size: 11.5px; white-space: nowrap; }
.row .from { max-inline-size: 140px; overflow: hidden; text-overflow: ellipsis; grid-column: 3; }
.row .why { grid-column: 2; color: var(--muted); font-size: 12px; }
.verdict { font-weight: 600; }
.row .verdict { margin-inline-end: 7px; }
:is(.row, .lead)[data-tone=good] :is(.icon, .verdict) { color: var(--good); }
:is(.row, .lead)[data-tone=waiting] :is(.icon, .verdict) { color: var(--waiting); }
:is(.row, .lead)[data-tone=quiet] :is(.icon, .verdict) { color: var(--quiet); }
:is(.row, .lead)[data-tone=problem] :is(.icon, .verdict) { color: var(--problem); }
:is(.row, .lead)[data-outcome=shadowed] :is(.icon, .verdict) { color: var(--shadowed); }

.empty { display: grid; gap: 8px; place-content: center; padding: 24px; text-align: center; color: var(--muted); }
.empty-title { color: var(--ink); font-weight: 600; font-size: 14px; }

.detail { position: relative; border-inline-start: 1px solid var(--line); padding-block-end: 12px; }
.detail:focus-visible { outline-offset: -2px; }
.detail-head {
  position: sticky; inset-block-start: 0; z-index: 1; display: flex; align-items: center; gap: 4px; min-block-size: 40px; padding: 4px 6px 4px 14px;
  border-block-end: 1px solid var(--line); background: var(--bg);
}
.detail-head .name { flex: 1; font-size: 13px; font-weight: 600; line-height: 1.3; }
.back { order: 2; }
.back .icon:first-child { display: none; }
.lead { margin: 12px 14px; padding: 10px 12px 12px; border-radius: 10px; background: var(--raised); display: grid; gap: 6px; font-size: 13px; line-height: 1.5; }
.badge { display: flex; align-items: center; gap: 7px; }
.badge code { font-weight: 400; margin-inline-start: auto; font-size: 11.5px; }
.section { padding: 10px 14px; border-block-start: 1px solid var(--hair); }
.section h4 { margin-block-end: 5px; font-size: 12px; font-weight: 600; }
.facts { display: grid; gap: 3px; }
.facts + .facts { margin-block-start: 10px; }
.facts > div { display: grid; grid-template-columns: 116px minmax(0, 1fr); gap: 10px; align-items: baseline; }
.facts dt { color: var(--muted); }
.facts dd { overflow-wrap: anywhere; }
.deliveries { display: grid; gap: 4px; }
.deliveries .name { font-weight: 600; }
.row [data-trouble=true], [data-trouble=true] .name, .error, .issues { color: var(--problem); }
.error { display: block; }
.tree { font: 12px/1.6 var(--mono); overflow-wrap: anywhere; }
.tree .tree { padding-inline-start: 15px; border-inline-start: 1px solid var(--hair); }
.tree .key { color: var(--muted); }
.tree summary { min-block-size: 24px; padding-block: 2px; cursor: pointer; }
@container panel (max-width: 655px) {
  .detail { flex: 1; border: 0; }
  .detail-head { padding-inline: 6px; }
  .back { order: 0; }
  .back .icon:first-child { display: block; }
  .back .icon:nth-child(2) { display: none; }
}
@container panel (max-width: 379px) { .facts > div { grid-template-columns: 92px minmax(0, 1fr); } .row .from { max-inline-size: 90px; } }
@media (forced-colors: active) {
  .row[aria-selected=true] { forced-color-adjust: none; background: Highlight; }
  .list .row[aria-selected=true] :is(.icon, span, time) { color: HighlightText; }
  .row[aria-selected=true] .cut { stroke: Highlight; }
}
`
