const dark = `
  color-scheme: dark !important;
  --ink: #ededf0; --muted: #a7a6af; --bg: #1a1a1d; --raised: #232327; --line: #3a3a41; --hair: #29292e;
  --accent: #a3adff; --tint: #272b48; --field: #75747d;
  --good: #5ccb93; --waiting: #e3b341; --quiet: #b6b5bd; --problem: #ff8f85; --shadowed: #bba8ff;
  --lift: 0 0 0 1px rgb(0 0 0 / .4), 0 10px 36px rgb(0 0 0 / .5);
`

/** Styles of the host, the colours, the button and the panel. `!important` protects the host from rules of the app. */
export const frameStyles = `
:host {
  all: initial !important;
  position: fixed !important;
  z-index: 2147483647 !important;
  color-scheme: light dark !important;
  -webkit-text-size-adjust: 100% !important;
  text-size-adjust: 100% !important;

  --ink: #1d1c1a; --muted: #66635d; --bg: #fff; --raised: #f6f5f2; --line: #dedcd6; --hair: #edebe6;
  --accent: #4653c9; --tint: #eef0fd; --field: #8a8781;
  --good: #17794a; --waiting: #8a5a00; --quiet: #5c5a55; --problem: #b3261e; --shadowed: #6a4bb5;
  --lift: 0 1px 2px rgb(0 0 0 / .08), 0 8px 30px rgb(0 0 0 / .16);
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', sans-serif;
  --mono: ui-monospace, 'SF Mono', Menlo, Consolas, 'Liberation Mono', monospace;
}
:host([data-theme=light]) { color-scheme: light !important; }
:host([data-theme=dark]) {${dark}}
@media (prefers-color-scheme: dark) { :host([data-theme=system]) {${dark}} }
/* In an element of its own. */
:host([data-whole]) { display: block !important; position: relative !important; z-index: auto !important; block-size: 100% !important; }
:host([data-whole]) section.panel { position: absolute; }
:host([data-away]) { visibility: hidden !important; }
@media print { :host { display: none !important; } }

*, ::before, ::after { box-sizing: border-box; }
section {
  position: fixed; max-inline-size: 100vw;
  color: var(--ink); font: 12.5px/1.45 var(--sans); font-variant-numeric: tabular-nums; text-align: start;
  -webkit-font-smoothing: antialiased;
}
section[data-position^=bottom] { bottom: calc(12px + env(safe-area-inset-bottom, 0px)); }
section[data-position^=top] { top: calc(12px + env(safe-area-inset-top, 0px)); }
section[data-position$=right] { right: 12px; }
section[data-position$=left] { left: 12px; }
section:is([data-position=top], [data-position=bottom]) { left: 50%; translate: -50% 0; }
section:is([data-position=left], [data-position=right]) { top: 50%; translate: 0 -50%; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
h2, h3, h4, p, ul, dl, dd, fieldset, legend { margin: 0; padding: 0; border: 0; font: inherit; }
ul { list-style: none; }
code, .code, .name { font-family: var(--mono); font-size: 12px; overflow-wrap: anywhere; }
.icon { flex: none; display: block; }
.cut { stroke: var(--bg); }
.muted { color: var(--muted); }
.unseen {
  position: absolute; inline-size: 1px; block-size: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap;
}

.launcher {
  display: flex; align-items: center; gap: 10px; block-size: 34px; max-inline-size: calc(100vw - 24px); overflow: hidden; padding-inline: 12px 14px;
  border: 1px solid var(--line); border-radius: 17px; background: var(--bg); color: var(--ink);
  font: 600 12px/1 var(--sans); font-variant-numeric: tabular-nums; box-shadow: var(--lift); cursor: pointer;
}
.launcher:hover { background: var(--raised); }
.launcher > .icon { color: var(--accent); }
.tally { display: inline-flex; align-items: center; gap: 5px; white-space: nowrap; }
.tally .icon { inline-size: 13px; block-size: 13px; }
.tally[data-outcome=fired] .icon { color: var(--good); }
.tally[data-outcome=held] .icon { color: var(--waiting); }
.tally[data-outcome=dropped] .icon { color: var(--quiet); }
.tally[data-outcome=shadowed] .icon { color: var(--shadowed); }
@media (max-width: 479px) { .launcher { gap: 8px; padding-inline: 10px; } .launcher .tally:nth-of-type(n + 5) { display: none; } }

.launcher { touch-action: none; }

.panel {
  inline-size: min(var(--width, 900px), 100vw - 24px); block-size: min(var(--height, 560px), 100dvh - 24px);
  border: 1px solid var(--line); border-radius: 12px; background: var(--bg); box-shadow: var(--lift);
  animation: rise .14s ease-out;
}
.sheet {
  container: panel / size; block-size: 100%; overflow: hidden; border-radius: inherit;
  display: flex; flex-direction: column;
}
/* What it has no use for does not scroll the app behind it. */
.panel:not([data-stand=whole]) > .sheet { overscroll-behavior: contain; }
.panel:focus-visible { outline-offset: -3px; }
@keyframes rise { from { opacity: 0; transform: translateY(6px); } }
section.panel:is([data-stand=sheet], [data-stand=bottom]) {
  inset: auto 0 0; translate: none; inline-size: 100%; border-width: 1px 0 0;
}
/* places.ts has the same heights. */
section.panel[data-stand=sheet] { --stop: max(50dvh, 320px); block-size: min(var(--pulled, var(--stop)), 100dvh - 8px); border-radius: 14px 14px 0 0; }
section.panel[data-stand=sheet][data-stop=low] { --stop: max(28dvh, 150px); }
section.panel[data-stand=sheet][data-stop=full] { --stop: 100dvh; }
section.panel[data-stand=bottom] { block-size: min(var(--height, 360px), 100dvh - 48px); border-radius: 0; }
section.panel:is([data-stand=left], [data-stand=right]) {
  inset: 0; translate: none; inline-size: min(var(--width, 480px), 100vw - 48px); block-size: 100dvh; border-radius: 0;
}
section.panel[data-stand=left] { right: auto; border-width: 0 1px 0 0; }
section.panel[data-stand=right] { left: auto; border-width: 0 0 0 1px; }
section.panel[data-stand=whole] {
  position: fixed; inset: 0; translate: none; inline-size: 100%; block-size: 100%; min-block-size: 0;
  border: 0; border-radius: 0; box-shadow: none; animation: none;
}
/* While an element is picked, the panel is out of the way, and keeps its size and its views. */
section.panel[data-folded] { background: none; border-color: transparent; box-shadow: none; pointer-events: none; animation: none; }
[data-folded] > :not(.pick-bar) { visibility: hidden; }
.pick-bar {
  position: absolute; inset: auto 12px 12px; margin-inline: auto; inline-size: fit-content; display: flex; align-items: center; gap: 12px; padding: 6px 6px 6px 14px;
  border: 1px solid var(--line); border-radius: 12px; background: var(--bg); box-shadow: var(--lift); font-weight: 600; pointer-events: auto;
}

.edge { position: absolute; z-index: 2; touch-action: none; }
.edge[aria-orientation=horizontal] { inset-inline: 0; block-size: 10px; cursor: ns-resize; }
.edge[aria-orientation=vertical] { inset-block: 0; inline-size: 10px; cursor: ew-resize; }
.edge[aria-orientation=horizontal][data-edge=start] { top: -4px; }
.edge[aria-orientation=horizontal][data-edge=end] { bottom: -4px; }
.edge[aria-orientation=vertical][data-edge=start] { left: -4px; }
.edge[aria-orientation=vertical][data-edge=end] { right: -4px; }
.edge::after { content: ''; position: absolute; border-radius: 2px; opacity: 0; background: var(--accent); }
.edge[aria-orientation=horizontal]::after { inset: 3px 0; }
.edge[aria-orientation=vertical]::after { inset: 0 3px; }
.edge:is(:hover, :focus-visible, :active)::after { opacity: 1; }
:is([data-stand=sheet], [data-stand=bottom]) > .edge[aria-orientation=vertical],
:is([data-stand=left], [data-stand=right]) > .edge[aria-orientation=horizontal] { display: none; }
[data-stand=sheet] > .sheet { padding-block-start: 14px; }
[data-stand=sheet] > .edge[data-edge=start] { top: -22px; block-size: 44px; inset-inline: 30%; cursor: grab; }
[data-stand=sheet] > .edge[data-edge=start]::after { inset: 27px calc(50% - 20px) 13px; background: var(--field); opacity: 1; }
[data-stand=sheet] > .edge:is(:focus-visible, :active)::after { background: var(--accent); }

.skeleton { flex: 1; margin: 14px; background: repeating-linear-gradient(var(--raised) 0 26px, transparent 26px 44px); border-radius: 8px; animation: breathe 1.2s ease-in-out infinite alternate; }
@keyframes breathe { to { opacity: .45; } }
.because, .notice { flex: none; padding: 5px 12px; border-block-end: 1px solid var(--line); background: var(--tint); font-size: 12px; }
.head .because { flex: 0 100 auto; min-inline-size: 160px; margin-inline-end: 6px; padding-block: 3px; border: 0; border-radius: 7px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
@media (prefers-reduced-motion: reduce) { .panel, .skeleton { animation: none; } }
@media (forced-colors: active) { .cut { stroke: Canvas; } .edge::after { background: Highlight; } }
`
