/** The list of attempts and the detail pane. The heights of a row are known to attempt-list.tsx too. */
export const timelineStyles = `
.view { flex: 1; min-block-size: 0; display: flex; flex-direction: column; }
.timeline { flex: 1; min-block-size: 0; display: flex; flex-direction: column; }
.whole, .split { flex: 1; min-block-size: 0; display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); }
.split { grid-template-columns: minmax(0, 11fr) minmax(0, 10fr); }
.list, .detail, .scroll { overflow-y: auto; overscroll-behavior: contain; scrollbar-width: thin; scrollbar-color: var(--field) transparent; }
.list { contain: strict; }
/* The virtualizer takes its rows from the pointer while they scroll: a click at once would be lost. */
.list > div { pointer-events: auto !important; }
.list:focus-visible { outline: none; }

.row {
  contain: strict; block-size: 44px; padding: 4px 12px 5px 11px; cursor: pointer;
  display: grid; grid-template: 1fr 1fr / 16px minmax(0, 1fr) auto; column-gap: 9px; align-items: center;
  border-block-end: 1px solid var(--hair);
}
[data-density=compact] .row { block-size: 36px; padding-block: 0; }
.row:hover { background: var(--raised); }
.row[aria-selected=true] { background: var(--tint); box-shadow: inset 2px 0 var(--accent); }
.list:focus-visible .row.active { outline: 2px solid var(--accent); outline-offset: -2px; }
.list:focus-visible:not([aria-activedescendant]) { outline: 2px solid var(--accent); outline-offset: -2px; }
.row > .icon { grid-row: 1 / 3; align-self: start; margin-block-start: 2px; }
.row :is(.what, .why, .name, .sample) { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.row .what { display: flex; align-items: center; gap: 6px; }
.row .what > * { flex: none; }
.row .name { flex: 0 1 auto; font-weight: 600; }
.row .sample { flex: 1 1 0; color: var(--muted); font: 11.5px/1 var(--mono); }
.row .why { grid-column: 2; color: var(--muted); font-size: 12px; }
.when, .where { display: flex; justify-content: flex-end; gap: 8px; min-inline-size: 0; color: var(--muted); font-size: 11.5px; white-space: nowrap; }
.where { grid-column: 3; max-inline-size: 300px; }
.where > * { flex: 0 1 auto; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; }
.where .delta { flex: none; min-inline-size: 56px; text-align: end; }
.when { align-items: center; }
.dots, .dot, .mark, .star { display: inline-flex; align-items: center; gap: 3px; }
:is(.dots, .mark, .star) .icon { inline-size: 12px; block-size: 12px; }
.dot { color: var(--waiting); }
.dot[data-state=sent] { color: var(--good); }
.dot:is([data-state=denied], [data-state=unknown]) { color: var(--quiet); }
.dot:is([data-state=rejected], [data-state=expired], [data-state=retrying]) { color: var(--problem); }
.star { color: var(--accent); }
.mark { color: var(--muted); }
.mark:not([data-plan=planned]), .mark:not([data-plan=planned]) .tag { color: var(--problem); }
.mark[data-plan=deprecated], .mark[data-plan=deprecated] .tag { color: var(--waiting); }
.mark .tag { padding: 0 4px; border-color: currentColor; line-height: 1.3; }
/* Where there is no room for the word, the sign stands for it. */
@container panel (max-width: 479px) { .mark .tag { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); } }
.split .mark .tag { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
.repeats {
  position: relative; min-inline-size: 24px; padding-inline: 5px; border: 1px solid var(--line); border-radius: 9px;
  background: var(--raised); color: var(--ink); font: 600 11px/16px var(--sans); text-align: center;
}
.repeats::after { content: ''; position: absolute; inset: -4px; }
.repeats:hover { border-color: var(--ink); }

.bar { display: contents; }
.filter { flex-wrap: wrap; }
.tools { flex: none; display: flex; gap: 2px; }
.tools [aria-expanded=true] { background: var(--raised); border-color: var(--line); }
.filter .chips, .filter .error, .filter .offered { flex-basis: 100%; }
.offered code { overflow-wrap: anywhere; }
input[aria-invalid=true] { border-color: var(--problem); }
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
.verdict { font-weight: 600; }
.row .verdict { margin-inline-end: 7px; }
:is(.row, .lead)[data-tone=good] :is(.verdict-icon, .verdict) { color: var(--good); }
:is(.row, .lead)[data-tone=waiting] :is(.verdict-icon, .verdict) { color: var(--waiting); }
:is(.row, .lead)[data-tone=quiet] :is(.verdict-icon, .verdict) { color: var(--quiet); }
:is(.row, .lead)[data-tone=problem] :is(.verdict-icon, .verdict) { color: var(--problem); }
:is(.row, .lead)[data-outcome=shadowed] :is(.verdict-icon, .verdict) { color: var(--shadowed); }

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
.detail-head + .section { border-block-start: 0; }
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
.tree summary, .deliveries summary { min-block-size: 24px; padding-block: 2px; cursor: pointer; }
@container panel (max-width: 655px) {
  .detail { flex: 1; border: 0; }
  .detail-head { padding-inline: 6px; }
  .back { order: 0; }
  .back .icon:first-child { display: block; }
  .back .icon:nth-child(2) { display: none; }
}
@container panel (max-width: 479px) {
  .where { max-inline-size: 46vw; gap: 6px; }
  .where :is(.fact, .page) { display: none; }
  .tools { flex: 1; flex-wrap: wrap; justify-content: space-between; }
  .tools .plain { padding-inline: 7px; }
  .help .facts > div { grid-template-columns: minmax(0, 1fr); gap: 0; }
}
@container panel (max-width: 379px) { .facts > div { grid-template-columns: 92px minmax(0, 1fr); } }
@media (pointer: coarse) { select { block-size: 34px; font-size: 16px; } }
@container panel (max-height: 351px) { .bar { display: block; flex: none; max-block-size: 50%; overflow-y: auto; } .fold { max-block-size: none; } }
@media (forced-colors: active) {
  .row[aria-selected=true] { forced-color-adjust: none; background: Highlight; }
  .list .row[aria-selected=true] :is(.icon, span, time) { color: HighlightText; }
  .row[aria-selected=true] .cut { stroke: Highlight; }
  .actions [aria-pressed=true] { forced-color-adjust: none; border-color: Highlight; background: Highlight; color: HighlightText; }
}
`
