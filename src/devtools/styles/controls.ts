/** Styles of the header, tabs, buttons and filter. */
export const controlStyles = `
.head { flex: none; display: flex; align-items: center; gap: 4px; block-size: 40px; padding-inline: 6px; border-block-end: 1px solid var(--line); }
.head[data-carried=true] { cursor: grab; touch-action: none; }
.tabs { position: relative; flex: 0 1 auto; display: flex; align-self: stretch; min-inline-size: 0; margin-inline-end: auto; overflow: auto hidden; scrollbar-width: none; padding-inline: 10px; scroll-padding-inline: 10px; margin-inline-start: -10px; mask-image: linear-gradient(to right, transparent, #000 10px calc(100% - 10px), transparent); }
[data-density=compact] .head { block-size: 36px; }
.tabs button {
  position: relative; flex: none; padding-inline: 10px; border: 0; background: none; color: var(--muted);
  font: 500 13px/1 var(--sans); cursor: pointer;
}
.tabs button:hover { color: var(--ink); }
.tabs button:focus-visible { outline-offset: -4px; border-radius: 8px; }
.tabs [aria-selected=true] { color: var(--ink); }
.tabs [aria-selected=true]::after {
  content: ''; position: absolute; inset: auto 10px 0; border-block-end: 2px solid var(--accent); border-radius: 1px;
}
.badge-count { display: inline-block; min-inline-size: 16px; margin: -4px 0 -4px 5px; padding: 2px 4px; border-radius: 8px; background: var(--problem); color: var(--bg); font-size: 11px; }
.status { flex: none; display: flex; align-items: center; gap: 2px; min-block-size: 28px; padding: 1px 8px; border-block-end: 1px solid var(--line); background: var(--raised); overflow: auto hidden; scrollbar-width: none; }

.plain {
  flex: none; display: inline-flex; align-items: center; justify-content: center; gap: 6px; min-block-size: 30px; padding-inline: 10px;
  border: 1px solid transparent; border-radius: 8px; background: none; color: var(--ink); font: 500 12.5px/1 var(--sans); cursor: pointer;
}
.plain:is(:hover, [aria-expanded=true]) { background: var(--raised); }
.plain.square { inline-size: 30px; padding: 0; }
.plain.boxed { border-color: var(--line); }

.filter { flex: none; display: flex; align-items: center; gap: 8px; padding: 5px 10px; border-block-end: 1px solid var(--line); }
input[type=search] {
  flex: 1; min-inline-size: 0; block-size: 30px; padding-inline: 10px; border: 1px solid var(--field); border-radius: 8px;
  background: var(--bg); color: var(--ink); font: 12.5px/1 var(--sans); text-overflow: ellipsis;
}
input[type=search]::placeholder { color: var(--muted); opacity: 1; }
input[type=search]:focus-visible { outline-offset: -1px; }
.chips { flex: none; display: flex; gap: 4px; min-inline-size: 0; }
.chip {
  display: inline-flex; align-items: center; gap: 5px; min-block-size: 28px; padding-inline: 8px 10px; white-space: nowrap;
  border: 1px solid var(--line); border-radius: 14px; background: none; color: var(--ink); font: 500 12px/1 var(--sans); cursor: pointer;
}
.chip:hover { background: var(--raised); }
.chip .icon { inline-size: 13px; block-size: 13px; }
.chip[data-outcome=fired] .icon { color: var(--good); }
.chip[data-outcome=held] .icon { color: var(--waiting); }
.chip[data-outcome=dropped] .icon { color: var(--quiet); }
.chip[data-outcome=shadowed] .icon { color: var(--shadowed); }
.chip .count { color: var(--muted); font-weight: 400; font-variant-numeric: tabular-nums; }
.chip[aria-pressed=true] { border-color: var(--ink); background: var(--ink); color: var(--bg); }
.chip[aria-pressed=true] :is(.count, .icon) { color: inherit; }
.chip[aria-pressed=true] .cut { stroke: var(--ink); }

.check { display: inline-flex; align-items: center; gap: 7px; min-block-size: 28px; cursor: pointer; }
.check input { inline-size: 16px; block-size: 16px; margin: 0; accent-color: var(--accent); }
.link {
  min-block-size: 24px; padding: 0; border: 0; background: none; color: var(--ink); font-weight: 600; text-align: start;
  text-decoration: underline var(--line) 1px; text-underline-offset: 3px; cursor: pointer;
}
.link:not(.name) { font: inherit; font-weight: 600; }
.link:hover { color: var(--accent); text-decoration-color: currentColor; }
.tag { padding: 1px 6px; border: 1px solid var(--line); border-radius: 5px; color: var(--muted); font-size: 11px; }

@container panel (max-width: 379px) { .tabs button { padding-inline: 7px; } .head .plain:not(.square) { padding-inline: 6px; } }
@container panel (max-width: 800px) { .tabs button { padding-inline: 6px; } .tabs [aria-selected=true]::after { inset-inline: 6px; } }
@container panel (max-width: 655px) {
  .filter { gap: 6px; }
  .chips { flex: 1; }
  .chip { flex: auto; justify-content: center; padding-inline: 6px; }
  .notice { display: none; }
}
@container panel (max-width: 479px) { .tabs button { padding-inline: 8px; } .chip-label { position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); } }
@container panel (max-height: 351px) { .found, .notice { display: none; } }
/* A finger tip needs 44 px. */
@media (pointer: coarse) {
  .plain, .chip, .check, .link { min-block-size: 44px; }
  .plain.square { inline-size: 44px; }
  .link { min-inline-size: 44px; }
  /* In a sentence, the lines keep their distance. */
  p > .link { margin-block: -13px; }
  .head, [data-density=compact] .head { block-size: 45px; }
  .tabs button { min-inline-size: 44px; }
  section.panel :is(summary, select, input:not([type=checkbox], [type=radio], [type=file])) { min-block-size: 44px; }
  section.panel summary { padding-block: 12px; }
  input[type=search] { block-size: 44px; font-size: 16px; }
  .status { padding-block: 0; }
}
@media (forced-colors: active) {
  .tabs [aria-selected=true]::after { border-color: Highlight; }
  .chip[aria-pressed=true] { forced-color-adjust: none; border-color: Highlight; background: Highlight; color: HighlightText; }
  .chip[aria-pressed=true] .cut { stroke: Highlight; }
}
`
