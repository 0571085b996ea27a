/** Styles of the timeline. attempt-list.tsx repeats the row heights. */
export const timelineStyles = `
.view { flex: 1; min-block-size: 0; display: flex; flex-direction: column; }
.timeline { flex: 1; min-block-size: 0; display: flex; flex-direction: column; }
.whole, .split { flex: 1; min-block-size: 0; display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); }
.split { grid-template-columns: minmax(0, 11fr) minmax(0, 10fr); }
.list, .detail, .scroll { overflow-y: auto; overscroll-behavior: contain; scrollbar-width: thin; scrollbar-color: var(--field) transparent; }
.held-list { position: relative; min-block-size: 0; display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); }
.fresh { position: absolute; inset: 6px auto auto 50%; translate: -50% 0; min-block-size: 28px; padding-inline: 14px; border: 0; border-radius: 14px; background: var(--accent); color: var(--bg); font: 600 12px/1 var(--sans); box-shadow: var(--lift); cursor: pointer; }
.list { contain: strict; }
.list-side { min-block-size: 0; display: flex; flex-direction: column; }
.list-side > .held-list { flex: 1; }
.list-head { flex: none; display: flex; gap: 2px; padding-inline: 29px 5px; border-block-end: 1px solid var(--line); }
.list-head button {
  min-block-size: 24px; padding-inline: 7px; border: 0; background: none; color: var(--muted); font: 11.5px/1 var(--sans); cursor: pointer;
}
.list-head button:hover, .list-head [aria-pressed=true] { color: var(--ink); }
.list-head [aria-pressed=true] { font-weight: 600; }
.list-head button:focus-visible { outline-offset: -2px; }
.list-head [data-column=component] { margin-inline-start: auto; }
@container panel (max-width: 655px) { .list-head { display: none; } }
.list { overflow-anchor: none; }
.rows { position: relative; }
.row-place { position: absolute; inset-inline: 0; }
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
.row .why { grid-column: 2; display: flex; align-items: center; gap: 7px; color: var(--muted); font-size: 12px; }
.row .why > * { flex: 0 1 auto; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; }
.row .why > .verdict { flex: none; }
.destination-badge, .mark, .star { display: inline-flex; align-items: center; gap: 3px; }
/* They shrink before the words. A badge that does not fit is left out whole, and an ellipsis replaces it: also the first, because a character comes before it. */
.row .badges { flex: 0 1000000 auto; line-height: 17px; }
.badges::before { content: '\\200b'; }
.badges > * { margin-inline-start: 4px; }
.badges > :first-child { margin: 0; }
.destination-badge { min-inline-size: 24px; max-inline-size: 100%; overflow: hidden; vertical-align: top; padding: 0 5px 0 3px; border: 1px solid var(--line); border-radius: 8px; color: var(--waiting); font-size: 11px; line-height: 15px; }
.destination-badge:not(:only-child) { max-inline-size: calc(100% - 18px); }
.destination-badge:has(.became) { min-inline-size: 72px; }
.destination-badge[data-state=unknown] { min-inline-size: 100px; }
.destination-badge > .to { min-inline-size: 0; max-inline-size: 16ch; overflow: hidden; text-overflow: ellipsis; }
.destination-badge > .became { flex: none; }
.split .destination-badge > .to { max-inline-size: 11ch; }
.destination-badge[data-state=sent] .icon { color: var(--good); }
.destination-badge:is([data-state=denied], [data-state=unknown], [data-state=sent]) { color: var(--muted); }
.destination-badge:is([data-state=rejected], [data-state=expired], [data-state=retrying]) { border-color: currentColor; color: var(--problem); }
.when, .where { display: flex; justify-content: flex-end; gap: 8px; min-inline-size: 0; color: var(--muted); font-size: 11.5px; white-space: nowrap; }
.where { grid-column: 3; max-inline-size: 300px; }
.where > * { flex: 0 1 auto; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; }
.where .delta { flex: none; min-inline-size: 56px; text-align: end; }
.split .where { max-inline-size: 190px; }
.split .where .fact { display: none; }
/* The detail beside it has the page. */
@container panel (max-width: 999px) { .split .list-head [data-column=page] { display: none; } .split .where .page { position: absolute; inline-size: 1px; block-size: 1px; clip-path: inset(50%); } }
.when { align-items: center; }
:is(.destination-badge, .mark, .star) .icon { inline-size: 12px; block-size: 12px; }
.star { color: var(--accent); }
.mark, .mark .tag { color: var(--problem); }
:is([data-plan=deprecated], [data-plan=retired]), :is([data-plan=deprecated], [data-plan=retired]) .tag { color: var(--waiting); }
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
@container panel (min-width: 656px) { .tool .icon { display: none; } }
.tools [aria-expanded=true] { background: var(--raised); border-color: var(--line); }
.filter .error, .filter .offered { flex-basis: 100%; }
.filter .chip-row { order: -1; }
.filter input { order: -2; }
.found { display: flex; flex-wrap: wrap; align-items: center; gap: 0 12px; padding-inline: 6px; color: var(--muted); font-size: 11.5px; }
@container panel (max-width: 1149px) { .filter .chip-row { order: 0; flex-basis: 100%; } }
.chip-row { display: flex; flex-wrap: wrap; gap: 4px; }
.chip[data-problems=true] .icon { color: var(--problem); }
.offered code { overflow-wrap: anywhere; }
input[aria-invalid=true] { border-color: var(--problem); }
.verdict { font-weight: 600; }
[data-verdict] { --verdict: var(--good); }
[data-verdict=undelivered], [data-verdict=held] { --verdict: var(--waiting); }
[data-verdict=dropped] { --verdict: var(--quiet); }
[data-verdict=mistake] { --verdict: var(--problem); }
[data-verdict=shadowed] { --verdict: var(--shadowed); }
.verdict-icon, .verdict { color: var(--verdict); }

.empty { display: grid; gap: 8px; place-content: center; padding: 24px; text-align: center; color: var(--muted); }
.empty-title { color: var(--ink); font-weight: 600; font-size: 14px; }
.row [data-trouble=true], [data-trouble=true] .name, .error, .issues { color: var(--problem); }
.error { display: block; }
@container panel (max-width: 655px) {
  .tools { gap: 0; }
  .tool { inline-size: 36px; padding: 0; }
  .tool-label { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); }
  .row .delta { display: none; }
  .chip-row .found { flex: 1 1 100%; line-height: 1.2; }
  .chip-row .chips { flex: 4 1 0; }
  .chip-row .chip { flex: 1 1 0; min-inline-size: 0; padding-inline: 3px; }
}
@container panel (max-width: 479px) {
  .where { max-inline-size: 46vw; gap: 6px; }
  .where :is(.fact, .page) { display: none; }
  .destination-badge > .to { max-inline-size: 9ch; }
  .destination-badge:not([data-state=rejected], [data-state=expired], [data-state=retrying]) > .became { position: absolute; inline-size: 1px; overflow: hidden; clip-path: inset(50%); }
}
@media (pointer: coarse) { .tool { min-inline-size: 44px; } .fresh, summary { min-block-size: 44px; } }
@container panel (max-height: 280px) { .bar { display: block; flex: none; max-block-size: 50%; overflow-y: auto; } }
@media (forced-colors: active) {
  .row[aria-selected=true] { forced-color-adjust: none; background: Highlight; }
  .list .row[aria-selected=true] :is(.icon, span, time) { color: HighlightText; }
  .row[aria-selected=true] .cut { stroke: Highlight; }
}
`
