/** Styles of the User view, loaded with it. */
export const userStyles = `
.user .note { padding-block: 8px 10px; }
.user .facts > div { grid-template-columns: 160px minmax(0, 1fr); }
.sentences { display: grid; gap: 4px; max-inline-size: 90ch; }
.wide { overflow-x: auto; max-inline-size: 100%; }
.wide:focus-visible { outline-offset: -2px; }
.matrix { border-collapse: collapse; font-size: 12px; text-align: start; }
.matrix th, .matrix td { padding: 5px 14px 5px 0; text-align: start; vertical-align: top; border-block-end: 1px solid var(--hair); }
.matrix thead th { color: var(--muted); font-weight: 500; }
.matrix tbody th { font-weight: 600; white-space: nowrap; }
.matrix th:first-child { position: sticky; inset-inline-start: 0; background: var(--bg); }
.goes { display: block; white-space: nowrap; }
.acts { display: grid; gap: 8px; }
.acts li { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 10px; }
.acts label { display: inline-flex; align-items: center; min-block-size: 30px; }
.acts select { flex: 0 1 320px; inline-size: auto; }
.acts .muted { flex: 1 1 240px; }
@container panel (max-width: 479px) { .matrix tbody th { min-inline-size: 110px; white-space: normal; } .user .facts > div { grid-template-columns: minmax(0, 1fr); gap: 0; } }
`
