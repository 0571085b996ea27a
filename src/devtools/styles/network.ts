/** Styles of the Network view, loaded with it. */
export const networkStyles = `
.network { flex: 1; min-block-size: 0; }
.network-pane { min-block-size: 0; display: flex; flex-direction: column; }
.network-pane .detail { flex: 1; min-block-size: 0; }
.overall { padding: 9px 14px; border-block-end: 1px solid var(--hair); background: var(--raised); }
.destination { display: grid; gap: 3px; padding: 9px 14px 10px 12px; border-block-end: 1px solid var(--hair); border-inline-start: 2px solid transparent; }
.destination.shown { background: var(--tint); border-inline-start-color: var(--accent); }
.destination-head { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 8px; }
.destination .tallies { justify-content: flex-start; }
.tag[data-consent=granted] { color: var(--good); border-color: currentColor; }
.tag[data-consent=pending] { color: var(--waiting); border-color: currentColor; }
.tag[data-consent=denied] { color: var(--quiet); border-style: dashed; border-color: currentColor; }
.tallies [data-state=sent] { color: var(--good); }
.tallies :is([data-state=rejected], [data-state=expired]) { color: var(--problem); }
.pause { color: var(--waiting); }
.trouble { padding: 6px 9px; border-inline-start: 2px solid var(--problem); border-radius: 0 6px 6px 0; background: var(--raised); overflow-wrap: anywhere; }
.shown .trouble { background: var(--bg); }
.trouble strong { color: var(--problem); font-weight: 600; }
.request-line { display: inline-flex; flex-wrap: wrap; gap: 0 9px; }
.last .request-line { display: inline; }
.last .request-line > * { margin-inline-end: 5px; }
.answer { font-weight: 600; color: var(--ink); }
.answer[data-trouble=true], [data-trouble=true] > .answer { color: var(--problem); }
.requests > li { border-block-end: 1px solid var(--hair); }
.requests summary, .differences summary { min-block-size: 26px; padding-block: 4px; cursor: pointer; }
.request { display: grid; gap: 6px; padding: 2px 0 10px 14px; grid-template-columns: minmax(0, 1fr); }
.sendings { display: grid; gap: 2px; }
.network pre {
  margin: 0; padding: 7px 9px; border-radius: 6px; background: var(--raised);
  font: 11.5px/1.5 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere;
}
.network .empty { padding: 10px; }
.way .back { inset-inline: 6px auto; }
.way .back .icon:first-child { display: block; }
.way .back .icon:nth-child(2) { display: none; }
.way .detail-head { padding-inline: var(--gutter) 6px; }
.stages, .attempts { margin: 0; padding: 0; list-style: none; }
.stages > li { position: relative; display: grid; gap: 5px; padding: 10px 14px 10px 34px; grid-template-columns: minmax(0, 1fr); }
.stages > li::before {
  content: ''; position: absolute; inset: 14px auto auto 14px; inline-size: 9px; block-size: 9px; border: 2px solid var(--field); border-radius: 50%;
}
.stages > li[data-reached=true]::before { background: var(--accent); border-color: var(--accent); }
.stages > li:not(:last-child)::after { content: ''; position: absolute; inset: 27px auto -12px 18px; border-inline-start: 1px solid var(--line); }
.stages h4 { font-weight: 600; }
.stages h4 .muted { font-weight: 400; font-size: 11.5px; margin-inline-start: 6px; }
.attempts { display: grid; gap: 2px; }
.differences ul { padding-inline-start: 14px; }
.note-line { padding-inline-start: 9px; border-inline-start: 2px solid var(--waiting); }
@media (forced-colors: active) { .stages > li[data-reached=true]::before { background: Highlight; forced-color-adjust: none; } }
`
