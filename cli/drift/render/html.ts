import { type Finding, type FindingKind, KINDS, type Report } from "../report";
import { byKind, escaped, numbers, resourcesText, verdict } from "./text";

/** The report as one page without scripts, fonts or pictures; its content security policy allows none. */
export function html(report: Report): string {
  const groups = [...byKind(report.findings)].map(([kind, findings]) => section(kind, findings));
  const notes = report.notes.map((note) => `<li>${escaped(note)}</li>`);
  const stacks = report.stacks.map(({ name }) => escaped(name)).join(", ");
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="color-scheme" content="light dark">',
    `<title>thinkgeo drift: ${report.inSync ? "in sync" : "drift"}</title>`,
    `<style>${STYLE}</style>`,
    "</head>",
    "<body>",
    "<header>",
    "<h1>thinkgeo drift</h1>",
    `<p class="verdict ${report.inSync ? "good" : "bad"}">${escaped(verdict(report))}</p>`,
    `<p>${escaped(numbers(report))}</p>`,
    `<p class="quiet">${stacks === "" ? "" : `${stacks}, `}<time datetime="${report.at}">${report.at.slice(0, 16).replace("T", " ")} UTC</time></p>`,
    tiles(report),
    "</header>",
    "<main>",
    ...groups,
    ...(notes.length === 0
      ? []
      : ["<section><h2>Notes</h2>", `<ul class="notes">${notes.join("")}</ul>`, "</section>"]),
    "</main>",
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function tiles({ summary }: Report): string {
  const { managed, missing, unmanaged, coverage } = summary;
  const all = { managed, missing, unmanaged, coverage: `${coverage} %` };
  const list = Object.entries(all).map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`);
  return `<dl class="tiles">${list.join("")}</dl>`;
}

function section(kind: FindingKind, findings: readonly Finding[]): string {
  const fails = findings[0]?.fails === true;
  return [
    "<section>",
    `<h2><span class="mark ${fails ? "bad" : "warn"}">${kind}</span> ${findings.length}</h2>`,
    `<p class="quiet">${escaped(KINDS[kind].about)}${fails ? "" : " (does not fail)"}</p>`,
    "<ul>",
    ...findings.map(item),
    "</ul>",
    "</section>",
  ].join("\n");
}

function item(finding: Finding): string {
  const { id, name, type, message, details } = finding;
  const about = [resourcesText(finding), type ?? "", id ?? ""].filter((part) => part !== "");
  const list = details.map((detail) => `<li><code>${escaped(detail)}</code></li>`);
  return [
    `<li><h3>${escaped(name)}</h3>`,
    about.length === 0 ? "" : `<p class="quiet">${about.map(escaped).join("<br>")}</p>`,
    `<p>${escaped(message)}</p>`,
    list.length === 0 ? "" : `<ul class="details">${list.join("")}</ul>`,
    "</li>",
  ].join("");
}

/** One column that fits any width, in the reader's own light or dark theme. */
const STYLE = `
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
