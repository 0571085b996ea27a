/** Styles of the marks over the page. */
export const pageStyles = `
.marks { position: fixed; inset: 0; overflow: clip; pointer-events: none; font: 600 11px/1 var(--sans); }
.marks .frame { position: absolute; inset: 0 auto auto 0; border: 2px solid var(--accent); border-radius: 4px; background: color-mix(in srgb, var(--accent) 14%, transparent); }
.marks .label { position: absolute; inset: auto auto 100% -2px; padding: 4px 7px; border-radius: 4px 4px 4px 0; background: var(--accent); color: var(--bg); white-space: nowrap; }
.marks .label.inside { inset: 2px auto auto 2px; }
.marks .mark { position: absolute; inset: -8px auto auto -6px; padding: 3px 6px; border-radius: 9px; background: var(--quiet); color: var(--bg); }
.marks .mark[data-fired=true] { background: var(--good); }
@media (forced-colors: active) { .marks .frame { border-color: Highlight; } }
`
