/** Styles of the Health view, loaded with it. */
export const healthStyles = `
.concerns { display: grid; gap: 10px; padding-block: 2px 8px; }
.concerns > li { display: grid; grid-template-columns: 16px minmax(0, 1fr); gap: 9px; }
.concerns .icon, .fine .icon { margin-block-start: 1px; }
.concerns [data-tone=problem] > .icon { color: var(--problem); }
.concerns [data-tone=note] > .icon { color: var(--quiet); }
.concern { font-weight: 600; overflow-wrap: anywhere; }
.concerns p { max-inline-size: 80ch; overflow-wrap: anywhere; }
.attempts { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 12px; }
.attempts .link { font: 500 12px/1.45 var(--sans); }
.fine { display: flex; gap: 9px; padding-block-end: 8px; }
.fine .icon { color: var(--good); }
.health .section > .muted { max-inline-size: 80ch; padding-block-start: 6px; font-size: 12px; }
.health .facts > div { grid-template-columns: 160px minmax(0, 1fr); }
@container panel (max-width: 479px) { .health .facts > div { grid-template-columns: minmax(0, 1fr); gap: 0; } }
`
