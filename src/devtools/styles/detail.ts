/** Styles of the detail pane, of the folds of the filter bar, and of what views share with them. */
export const detailStyles = `
.fold { flex: none; max-block-size: 50%; overflow-y: auto; padding: 10px 12px 12px; border-block-end: 1px solid var(--line); background: var(--raised); display: grid; gap: 10px; justify-items: start; }
.fold > * { inline-size: 100%; }
.fold > button { inline-size: auto; border-color: var(--field); }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 8px; }
.fields label { display: grid; gap: 2px; min-inline-size: 0; }
select {
  min-inline-size: 0; inline-size: 100%; block-size: 30px; padding-inline: 8px; border: 1px solid var(--field); border-radius: 8px;
  background: var(--bg); color: var(--ink); font: 12.5px/1 var(--sans);
}
.help summary { min-block-size: 24px; padding-block: 3px; cursor: pointer; }
.help .facts > div { grid-template-columns: minmax(0, 5fr) minmax(0, 8fr); }
.fold legend { padding-block-end: 2px; font-weight: 600; }
.columns { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); }
.columns legend { grid-column: 1 / -1; }
.fold p.muted { max-inline-size: 70ch; padding-inline-start: 23px; }
.actions { display: flex; flex-wrap: wrap; gap: 6px; padding: 0 14px 12px; }
.actions [aria-pressed=true] { border-color: var(--ink); background: var(--ink); color: var(--bg); }
.actions [aria-pressed=false] path { fill: none; }
.note-field {
  display: block; inline-size: 100%; min-block-size: 52px; padding: 6px 8px; border: 1px solid var(--field); border-radius: 8px; resize: vertical;
  background: var(--bg); color: var(--ink); font: 12.5px/1.45 var(--sans);
}
.note-field::placeholder { color: var(--muted); opacity: 1; }
.detail { position: relative; border-inline-start: 1px solid var(--line); padding-block-end: 12px; }
.detail:focus-visible { outline-offset: -2px; }
.detail-head {
  --gutter: 40px; position: sticky; inset-block-start: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: 4px; min-block-size: 36px; padding: 2px var(--gutter) 2px 14px;
  border-block-end: 1px solid var(--line); background: var(--bg);
}
.detail-head .name { --row: 32px; min-block-size: var(--row); display: grid; align-content: center; flex: 1 1 auto; min-inline-size: 0; max-inline-size: 100%; padding-block: 4px; overflow-wrap: anywhere; font-size: 13px; font-weight: 600; line-height: 1.3; }
.back { position: absolute; inset-block-start: 2px; inset-inline-end: 6px; }
.share { flex: 0 1 auto; min-inline-size: 0; display: flex; flex-wrap: wrap; align-items: center; gap: 3px; }
.share .plain { padding-inline: 7px; border-color: var(--line); font-size: 12px; }
.share-hint { padding: 0 14px 10px; font-size: 12px; }
.joined { flex: none; display: inline-flex; }
.joined .plain { border-start-end-radius: 0; border-end-end-radius: 0; border-inline-end: 0; }
.joined select { inline-size: auto; padding-inline: 4px; font-size: 12px; border-color: var(--line); border-start-start-radius: 0; border-end-start-radius: 0; }
@container panel (max-height: 500px) { .detail-head { position: relative; } }
.back .icon:first-child { display: none; }
.lead { margin: 12px 14px; padding: 10px 12px 12px; border-radius: 10px; background: var(--raised); display: grid; gap: 6px; font-size: 13px; line-height: 1.5; }
.badge { display: flex; align-items: center; gap: 7px; }
.badge code { font-weight: 400; margin-inline-start: auto; font-size: 11.5px; }
.section { padding: 10px 14px; border-block-start: 1px solid var(--hair); }
.detail-head + .section { border-block-start: 0; }
.section h4 { margin-block-end: 5px; font-size: 12px; font-weight: 600; }
.facts { display: grid; gap: 3px; }
.facts + .facts { margin-block-start: 10px; }
.facts > div { display: grid; grid-template-columns: 116px minmax(0, 1fr); gap: 10px; align-items: baseline; }
.facts dt { color: var(--muted); }
.facts dd { overflow-wrap: anywhere; }
.deliveries { display: grid; gap: 4px; }
.deliveries .name { font-weight: 600; }
.tree { font: 12px/1.6 var(--mono); overflow-wrap: anywhere; }
.tree .tree { padding-inline-start: 15px; border-inline-start: 1px solid var(--hair); }
.tree .key { color: var(--muted); }
.tree .tag { margin-inline-start: 6px; border-color: currentColor; font-family: var(--sans); }
.tree [data-mark=added], .tree [data-mark=added] .tag { color: var(--good); }
.tree :is([data-mark=changed], [data-mark=renamed]), .tree :is([data-mark=changed], [data-mark=renamed]) .tag { color: var(--waiting); }
.tree [data-mark='left out'], .tree [data-mark='left out'] .tag { color: var(--problem); }
.tree [data-mark] .key { color: inherit; }
.folded summary { min-block-size: 26px; padding-block: 4px; cursor: pointer; }
.difference-table { inline-size: 100%; margin-block: 4px 6px; border-collapse: collapse; font: 11.5px/1.5 var(--mono); }
.difference-table :is(th, td) { padding: 2px 8px 2px 0; border-block-end: 1px solid var(--hair); text-align: start; vertical-align: top; overflow-wrap: anywhere; }
.difference-table thead th { color: var(--muted); font: 11.5px/1.5 var(--sans); }
.folded > .copy { float: inline-end; }
.tree summary, .deliveries summary { min-block-size: 24px; padding-block: 2px; cursor: pointer; }
@container panel (max-width: 655px) {
  .detail { flex: 1; border: 0; }
  .detail-head { padding-inline: var(--gutter) 6px; }
  .back { inset-inline: 6px auto; }
  .share { flex: 1 1 100%; margin-inline-start: calc(6px - var(--gutter)); gap: 2px; }
  .share .plain { padding-inline: 5px; }
  .back .icon:first-child { display: block; }
  .back .icon:nth-child(2) { display: none; }
}
@container panel (max-width: 479px) { .help .facts > div { grid-template-columns: minmax(0, 1fr); gap: 0; } }
@container panel (max-width: 379px) { .facts > div { grid-template-columns: 92px minmax(0, 1fr); } }
@media (pointer: coarse) { .detail-head { --gutter: 54px; } .detail-head .name { --row: 44px; } select { block-size: 44px; font-size: 16px; } .joined select { font-size: 14px; } }
@container panel (max-height: 280px) { .fold { max-block-size: none; } }
@media (forced-colors: active) {
  .actions [aria-pressed=true] { forced-color-adjust: none; border-color: Highlight; background: Highlight; color: HighlightText; }
}
.similar { flex-basis: 100%; font-size: 12px; }
`
