/** Styles of the checklist, loaded with it. */
export const checklistStyles = `
.checklist .summary p { min-inline-size: 0; }
.expected { margin: 0; padding: 0; list-style: none; }
.expected > li { display: grid; grid-template-columns: 16px minmax(0, 1fr) auto auto; align-items: start; gap: 0 9px; padding: 7px 8px 7px 14px; border-block-end: 1px solid var(--hair); }
.expected > li > .icon { margin-block-start: 3px; }
.expected > [data-check=met] { box-shadow: inset 3px 0 var(--good); background: color-mix(in srgb, var(--good) 9%, transparent); }
.expected > [data-check=failed] { box-shadow: inset 3px 0 var(--problem); }
.expected .name { font-weight: 600; }
.expected .sample { color: var(--muted); font: 11.5px/1.45 var(--mono); overflow-wrap: anywhere; }
.expected summary { display: list-item; min-block-size: 24px; padding-block: 2px; cursor: pointer; }
.expected pre, .wrong-order { margin: 4px 0; padding: 8px 10px; overflow-x: auto; border-radius: 8px; background: var(--raised); font: 11.5px/1.5 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
.wrong-order { margin: 8px 14px; border-inline-start: 3px solid var(--problem); }
.expected [aria-pressed=true] { border-color: var(--ink); background: var(--ink); color: var(--bg); }
.edit summary { color: var(--muted); }
.edit label { display: grid; gap: 3px; max-inline-size: 420px; padding-block-end: 6px; color: var(--muted); }
.edit input { inline-size: 90px; block-size: 30px; padding-inline: 8px; border: 1px solid var(--field); border-radius: 8px; background: var(--bg); color: var(--ink); font: 12.5px/1 var(--sans); }
.checklist .block { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; padding: 10px 14px; border-block-end: 1px solid var(--hair); }
.checklist .ask select { inline-size: min(320px, 100%); }
.checklist .copy { border-color: var(--line); }
.checklist .actions .plain { border-color: var(--line); }
.checklist .problem { color: var(--problem); }
.checklist .opener { position: relative; }
.checklist .opener input { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; opacity: 0; cursor: pointer; }
.checklist .opener:focus-within { outline: 2px solid var(--accent); outline-offset: 1px; }
@media (forced-colors: active) { .expected > [data-check=met] { border-inline-start: 3px solid Highlight; } .expected [aria-pressed=true] { forced-color-adjust: none; background: Highlight; color: HighlightText; } }
`
