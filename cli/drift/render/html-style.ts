/** The page's looks: one column that any width can show, in the reader's own light or dark. */
export const STYLE = `
:root { --ink: #1b1f24; --paper: #fff; --card: #f5f6f8; --quiet: #5b6470; --good: #116329; --bad: #b3121d; --warn: #7a5200; --line: #d8dce2; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --paper: #15181c; --card: #1f242a; --quiet: #a2abb6; --good: #5fd08a; --bad: #ff8a8a; --warn: #f0c060; --line: #343b44; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 50rem; padding: 1rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 1.5rem 0 0; }
h3 { font-size: 1rem; margin: 0; }
p { margin: .25rem 0; }
ul { list-style: none; margin: .5rem 0; padding: 0; }
main li { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; margin: .5rem 0; }
.details { margin: .25rem 0 0; }
.details li { background: none; border: 0; border-left: 3px solid var(--line); border-radius: 0; padding: 0 .5rem; margin: .25rem 0; }
code { font: .9em ui-monospace, monospace; }
.verdict { font-size: 1.15rem; font-weight: 600; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.quiet { color: var(--quiet); font-size: .9rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: .5rem; margin: .75rem 0 0; }
.tiles div { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem; }
dt { color: var(--quiet); font-size: .85rem; } dd { margin: 0; font-size: 1.3rem; font-weight: 600; }
`;
