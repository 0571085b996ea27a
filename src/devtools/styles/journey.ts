/** Journey: comes with its view. */
export const journeyStyles = `
.journey .section { padding: 10px 14px; border-block-end: 1px solid var(--line); }
.journey > .note { padding-block: 10px 4px; }
.funnel-name { font-weight: 600; overflow-wrap: anywhere; }
.funnel-name .muted { font-weight: 400; margin-inline-start: 6px; }
.steps { margin: 4px 0 0; padding: 0; list-style: none; }
.steps li { display: grid; grid-template-columns: 16px auto minmax(0, 1fr) auto; align-items: center; gap: 0 9px; padding-block: 2px; }
.steps [aria-current=step] .name { color: var(--accent); }
.steps .link, .derived .link { overflow-wrap: anywhere; }
.fired { color: var(--muted); white-space: nowrap; }
.derived { display: grid; gap: 5px; }
.cause + .cause::before { content: ', '; }
@container panel (max-width: 479px) {
  .steps li { grid-template-columns: 16px minmax(0, 1fr) auto; }
  .steps li > .muted { grid-column: 2 / -1; grid-row: 2; }
}
`
