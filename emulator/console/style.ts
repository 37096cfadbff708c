/** Below 60em each row becomes a card with the column's name before each value. */
export const style = `:root {
  color-scheme: light dark;
  --text: #1b1f24; --soft: #4d5762; --back: #ffffff; --panel: #f3f5f7; --line: #8a939d;
  --act: #0b5cad; --on-act: #ffffff; --bad: #a4151c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e8ebee; --soft: #b3bcc6; --back: #14181c; --panel: #20262c; --line: #77818c;
    --act: #8ac2ff; --on-act: #0c1116; --bad: #ff9a9a;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 90rem; font: 1rem/1.5 system-ui, sans-serif;
  color: var(--text); background: var(--back); overflow-wrap: anywhere; }
h1, h2 { margin: 0; line-height: 1.2; }
.where, .hint { margin: 0; color: var(--soft); }
.hint { font-size: .875rem; }
code { font: .875em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
#filters { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; }
label, legend { display: block; font-weight: 600; }
input, select, textarea, button { font: inherit; color: inherit; background: var(--back);
  border: 1px solid var(--line); border-radius: .25rem; padding: .375rem .625rem; max-width: 100%; }
textarea, dialog input:not([type=checkbox]), dialog select { width: 100%; }
button { cursor: pointer; color: var(--act); border-color: var(--act); font-weight: 600; }
button[type=submit], #add { color: var(--on-act); background: var(--act); }
button.danger, .problem { color: var(--bad); border-color: var(--bad); font-weight: 600; }
button:disabled { cursor: progress; opacity: .6; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
h1:focus-visible { outline: none; }
#status { min-height: 1.5rem; margin: .5rem 0; }
.problem:empty { display: none; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .5rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { background: var(--panel); }
thead th, [data-label=Type], [data-label=Keys], [data-label=Active], [data-label=Roles] { overflow-wrap: break-word; }
tbody th { font-weight: 600; }
tr.off { color: var(--soft); }
td ul { margin: 0; padding-left: 1.1em; }
td p, th p { margin: 0; }
.tag { font-weight: 400; font-size: .875rem; color: var(--soft); }
.buttons { display: flex; flex-wrap: wrap; gap: .5rem; }
.check { display: flex; gap: .5rem; align-items: center; }
fieldset { margin: 0; padding: .25rem .75rem .5rem; border: 1px solid var(--line); border-radius: .25rem; min-width: 0; }
dialog { width: min(32rem, calc(100vw - 2rem)); border: 1px solid var(--line); border-radius: .5rem;
  color: var(--text); background: var(--back); overflow-wrap: anywhere; }
dialog form { display: grid; gap: .75rem; }
dialog::backdrop { background: rgb(0 0 0 / .5); }
@media (max-width: 60em) {
  table, tbody, tbody tr, tbody th, tbody td { display: block; width: 100%; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { border: 1px solid var(--line); border-radius: .5rem; margin-bottom: .75rem; padding: .25rem; background: var(--panel); }
  tbody th, tbody td { border: 0; padding: .25rem .5rem; }
  tbody td[data-label]::before { content: attr(data-label) / ""; display: block; font-size: .875rem; color: var(--soft); }
}
`;
