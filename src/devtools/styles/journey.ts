/** Journey: comes with its view. */
export const journeyStyles = `
.journey .section { border-block: 0; border-block-end: 1px solid var(--hair); }
.journey > .note { padding-block: 10px 4px; }
.funnel-name { font-weight: 600; overflow-wrap: anywhere; }
.funnel-name .muted { font-weight: 400; margin-inline-start: 6px; }
.steps { margin: 4px 0 0; padding: 0; list-style: none; }
.steps li { display: grid; grid-template-columns: 16px auto minmax(0, 1fr) auto; align-items: center; gap: 0 9px; padding-block: 3px; position: relative; }
.steps li:not(:last-child)::after { content: ''; position: absolute; inset: calc(50% + 8px) auto calc(8px - 50%) 7.5px; border-inline-start: 1px solid var(--line); }
.steps > li > .icon { color: var(--field); }
.steps [data-step=reached] > .icon { color: var(--good); }
.steps [data-step=next] > .icon { color: var(--accent); }
.steps [aria-current=step] .name { color: var(--accent); }
.steps .link, .derived .link { overflow-wrap: anywhere; }
.fired { color: var(--muted); white-space: nowrap; }
.derived { display: grid; gap: 5px; }
.cause + .cause::before { content: ', '; }
@container panel (max-width: 479px) {
  .steps li { grid-template-columns: 16px minmax(0, 1fr) auto; }
  .steps li > .muted { grid-column: 2 / -1; grid-row: 2; }
  .steps li > .icon { align-self: start; margin-block-start: 4px; }
  .steps li:not(:last-child)::after { inset-block: 25px -6px; }
}
`
