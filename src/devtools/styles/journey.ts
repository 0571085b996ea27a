/** Styles of the Journey view, loaded with it. */
export const journeyStyles = `
.journey .section { border-block: 0; border-block-end: 1px solid var(--hair); }
.journey > .note { padding-block: 10px 4px; }
.funnel-name { font-weight: 600; overflow-wrap: anywhere; }
.funnel-name .muted { font-weight: 400; margin-inline-start: 6px; }
.steps { max-inline-size: 720px; margin: 4px 0 0; padding: 0; list-style: none; }
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
.waterfall summary { min-block-size: 26px; padding-block: 4px; cursor: pointer; }
.bars { margin: 0; padding: 0 0 6px; list-style: none; }
.bars li { display: grid; grid-template-columns: minmax(0, 170px) minmax(0, 1fr) minmax(0, 170px); align-items: center; gap: 0 10px; }
.bars .link { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bars .muted { font-size: 11.5px; text-align: end; }
.axis { position: relative; block-size: 12px; border-inline: 1px solid var(--line); background: var(--raised); }
.bar-of-attempt { position: absolute; inset-block: 2px; min-inline-size: 4px; translate: -2px; border-radius: 2px; background: var(--verdict); }
@container panel (max-width: 479px) {
  .bars li { grid-template-columns: minmax(0, 1fr) auto; }
  .axis { grid-column: 1 / -1; grid-row: 2; }
  .steps li { grid-template-columns: 16px minmax(0, 1fr) auto; }
  .steps li > .muted { grid-column: 2 / -1; grid-row: 2; }
  .steps li > .icon { align-self: start; margin-block-start: 4px; }
  .steps li:not(:last-child)::after { inset-block: 25px -6px; }
}
`
