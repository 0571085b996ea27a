/** Styles of the "Why not?" view, loaded with it. */
export const whyStyles = `
.ask { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; padding: 8px 14px; border-block-end: 1px solid var(--line); }
select, textarea {
  min-inline-size: 0; max-inline-size: 100%; padding: 5px 8px; border: 1px solid var(--field); border-radius: 8px;
  background: var(--bg); color: var(--ink); font: 12px/1.4 var(--mono);
}
select { block-size: 30px; }
.ask select { flex: 0 1 420px; min-inline-size: 0; }
.verdict-line { display: flex; gap: 8px; padding: 12px 14px; }
.verdict-line .icon { margin-block-start: 1px; }
.verdict-line strong { font-weight: 600; }
.checks { margin: 0; padding: 0 0 6px; list-style: none; }
.checks li { display: grid; grid-template-columns: 16px minmax(90px, 150px) minmax(0, 1fr); gap: 1px 9px; padding: 5px 14px; border-block-start: 1px solid var(--hair); }
.checks .name { font: 500 12.5px/1.45 var(--sans); }
.checks .seen { overflow-wrap: anywhere; }
.checks .fix { grid-column: 3; color: var(--muted); }
.checks .first { background: var(--raised); }
.why-view .section { padding: 10px 14px; border-block-start: 1px solid var(--line); }
.reporters { display: grid; gap: 2px; }
.simulate { max-inline-size: 720px; display: grid; grid-template-columns: auto minmax(0, 1fr); align-items: center; gap: 6px 10px; }
.simulate label[for$=given] { align-self: start; padding-block-start: 5px; }
.simulate textarea { resize: vertical; }
.simulate .check, .simulate button { grid-column: 2; justify-self: start; }
.simulated p { padding-block-start: 8px; }
.spaced { margin: 4px 14px 12px; }
@container panel (max-width: 479px) {
  .checks li { grid-template-columns: 16px minmax(0, 1fr); }
  .checks :is(.seen, .fix) { grid-column: 2; }
}
@media (pointer: coarse) { select, textarea { font-size: 16px; } }
@media (forced-colors: active) { .checks .first { outline: 1px solid Highlight; outline-offset: -1px; } }
`
