/** Styles of the command palette and of the list of keys, loaded with them. */
export const paletteStyles = `
.backdrop { position: absolute; inset: 0; z-index: 3; display: grid; justify-items: center; align-items: start; padding: 10px; background: rgb(0 0 0 / .18); border-radius: inherit; }
.dialog {
  inline-size: min(560px, 100%); max-block-size: 100%; min-block-size: 0; display: flex; flex-direction: column; overflow: hidden;
  border: 1px solid var(--line); border-radius: 12px; background: var(--bg); box-shadow: var(--lift);
}
.dialog:focus-visible { outline-offset: -2px; }
.command-field {
  flex: none; inline-size: 100%; block-size: 44px; padding-inline: 14px; border: 0; border-block-end: 1px solid var(--line); border-radius: 12px 12px 0 0;
  background: var(--bg); color: var(--ink); font: 14px/1 var(--sans);
}
.command-field::placeholder { color: var(--muted); opacity: 1; }
.command-field:focus-visible { outline-offset: -3px; }
.commands { flex: 0 1 auto; min-block-size: 0; overflow-y: auto; overscroll-behavior: contain; padding: 4px; }
.command { display: flex; align-items: center; justify-content: space-between; gap: 12px; min-block-size: 32px; padding: 4px 10px; border-radius: 7px; font-size: 13px; overflow-wrap: anywhere; cursor: pointer; }
.command:hover { background: var(--raised); }
.command[aria-selected=true] { background: var(--tint); box-shadow: inset 2px 0 var(--accent); }
kbd { padding: 1px 6px; border: 1px solid var(--line); border-radius: 5px; color: var(--muted); background: var(--bg); font: 11.5px/1.4 var(--mono); white-space: nowrap; }
.none { padding: 8px 14px 12px; color: var(--muted); }
.none:empty { padding: 0; }
.dialog-title { padding: 12px 14px 6px; font-weight: 600; }
.dialog:has(.keys-help) { overflow-y: auto; }
.keys-help { display: grid; gap: 2px; padding-inline: 14px; }
.keys-help > div { display: grid; grid-template-columns: 118px minmax(0, 1fr); gap: 10px; align-items: baseline; min-block-size: 24px; }
@media (pointer: coarse) { .command { min-block-size: 44px; } .command-field { font-size: 16px; } }
@media (forced-colors: active) { .command[aria-selected=true] { forced-color-adjust: none; background: Highlight; color: HighlightText; } }
`
