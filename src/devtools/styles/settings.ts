/** Styles of the settings, loaded with them. */
export const settingsStyles = `
.settings select, .keys {
  block-size: 32px; min-inline-size: 0; padding-inline: 10px; border: 1px solid var(--field); border-radius: 8px;
  background: var(--bg); color: var(--ink); font: 12.5px/1 var(--sans);
}
.settings select { inline-size: 170px; }
.settings [id$=-hint] { flex-basis: 100%; padding-inline-start: 170px; }
.settings .note { padding-block-start: 10px; }
.keys { inline-size: 170px; }
@container panel (max-width: 479px) { .settings [id$=-hint] { padding-inline-start: 0; } }
`
