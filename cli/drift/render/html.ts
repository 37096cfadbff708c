import { KINDS, type Kind } from "../kinds";
import type { Finding, Report } from "../report";
import { escaped } from "./markup";
import { STYLE } from "./html-style";
import { byKind, numbers, placesOf, verdict } from "./summary";

/** The report as one page that needs nothing else: no script, no font, no picture, and a policy that would stop them. */
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

function section(kind: Kind, findings: readonly Finding[]): string {
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
  const about = [placesOf(finding), type ?? "", id ?? ""].filter((part) => part !== "");
  const list = details.map((detail) => `<li><code>${escaped(detail)}</code></li>`);
  return [
    `<li><h3>${escaped(name)}</h3>`,
    about.length === 0 ? "" : `<p class="quiet">${about.map(escaped).join("<br>")}</p>`,
    `<p>${escaped(message)}</p>`,
    list.length === 0 ? "" : `<ul class="details">${list.join("")}</ul>`,
    "</li>",
  ].join("");
}
