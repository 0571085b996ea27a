/** Styles of the flash of a watched event, loaded with it. */
export const watchStyles = `
section.watch { top: calc(12px + env(safe-area-inset-top, 0px)); left: 50%; translate: -50% 0; pointer-events: none; }
.watch > div { display: grid; gap: 6px; justify-items: center; }
.flash {
  display: flex; align-items: center; gap: 7px; max-inline-size: calc(100vw - 24px); padding: 8px 14px; border: 2px solid var(--good); border-radius: 10px;
  background: var(--bg); box-shadow: var(--lift); font-size: 13px; animation: flash .3s ease-out 3;
}
.flash .icon { color: var(--good); }
.flash .name { font-weight: 600; }
@keyframes flash { from { background: var(--good); color: var(--bg); } }
@media (prefers-reduced-motion: reduce) { .flash { animation: none; } }
`
