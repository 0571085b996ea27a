/** Styles of the Session view, loaded with it. */
export const sessionStyles = `
.session:focus-visible { outline-offset: -2px; }
.block { padding: 12px 14px; border-block-end: 1px solid var(--hair); display: grid; gap: 10px; grid-template-columns: minmax(0, 1fr); }
.block h3 { font-size: 13px; font-weight: 600; }
.block legend { margin-block-end: 4px; color: var(--muted); }
.fields { display: flex; flex-wrap: wrap; align-items: end; gap: 8px 12px; }
.block .actions:not(.drop) { align-items: center; gap: 8px 12px; padding: 0; }
.field { display: grid; gap: 3px; min-inline-size: 0; flex: 0 1 210px; color: var(--muted); }
.session :is(select, input:not([type])) {
  inline-size: 100%; min-block-size: 30px; padding-inline: 8px; border: 1px solid var(--field); border-radius: 8px;
  background: var(--bg); color: var(--ink); font: 12.5px/1.2 var(--sans);
}
.names { display: grid; grid-template-columns: repeat(auto-fill, minmax(190px, 1fr)); gap: 2px 12px; max-block-size: 146px; overflow-y: auto; }
.names code { overflow-wrap: anywhere; }
.preview summary { min-block-size: 24px; cursor: pointer; }
.preview pre {
  margin: 6px 0 0; max-block-size: 240px; overflow: auto; padding: 10px; border-radius: 8px; background: var(--raised);
  font: 11.5px/1.5 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere;
}
.opener { position: relative; }
.opener input { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; opacity: 0; cursor: pointer; }
.opener:focus-within { outline: 2px solid var(--accent); outline-offset: 1px; }
.drop { border: 1px dashed var(--field); border-radius: 10px; padding: 10px 12px; }
.drop.over { border-color: var(--accent); background: var(--tint); }
.opened { display: grid; gap: 6px; }
.opened li { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; }
.opened li > div { flex: 1 1 180px; min-inline-size: 0; overflow-wrap: anywhere; }
.problem { color: var(--problem); overflow-wrap: anywhere; }
.differences li { padding-block: 7px; border-block-start: 1px solid var(--hair); overflow-wrap: anywhere; }
.differences .tag { margin-inline-end: 6px; }
.differences [data-kind=missing] .tag { border-color: var(--problem); color: var(--problem); }
.differences [data-kind=new] .tag { border-color: var(--good); color: var(--good); }
.differences [data-kind=changed] .tag { border-color: var(--waiting); color: var(--waiting); }
.player { flex: none; display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; padding: 7px 10px; border-block-end: 1px solid var(--line); }
.player label { display: inline-flex; align-items: center; gap: 6px; }
.player p { flex: 1 1 160px; }
.player select { inline-size: auto; }
@container panel (max-width: 479px) { .field { flex: 1 1 120px; } .names { grid-template-columns: repeat(auto-fill, minmax(160px, 1fr)); } .names .check { align-items: start; } }
@container panel (max-height: 351px) { .player p, .session .filter { display: none; } }
`
