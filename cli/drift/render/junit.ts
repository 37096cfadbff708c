import { count } from "../../text";
import type { Finding, Report } from "../report";
import { escaped, numbers, resourcesText, verdict } from "./text";

/** The report as test results: findings that fail are failures, others are skipped tests. */
export function junit(report: Report): string {
  const { findings, at, summary } = report;
  const total = findings.length + 1;
  const skipped = findings.length - summary.failing;
  const counts = `tests="${total}" failures="${summary.failing}" errors="0" skipped="${skipped}" time="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="thinkgeo drift" tests="${total}" failures="${summary.failing}" errors="0" time="0">`,
    // Without milliseconds, as the format's schema wants it.
    `  <testsuite name="thinkgeo drift" ${counts} timestamp="${at.slice(0, 19)}" hostname="thinkgeo">`,
    // A result without a single test is an error to some readers.
    `    <testcase classname="thinkgeo.drift" name="${escaped(`compare ${count(report.stacks.length, "stack")} with the account`)}" time="0"/>`,
    ...findings.map(testcase),
    `    <system-out>${escaped([verdict(report), numbers(report), ...report.notes].join(" "))}</system-out>`,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function testcase(finding: Finding): string {
  const { kind, id, name, message, details, fails } = finding;
  const title = [name, id === null ? "" : `(${id})`, resourcesText(finding)]
    .filter((part) => part !== "")
    .join(" ");
  const open = `    <testcase classname="thinkgeo.drift.${kind}" name="${escaped(title)}" time="0">`;
  const body = details.map(escaped).join("\n");
  const result = fails
    ? `<failure type="${kind}" message="${escaped(message)}">${body}</failure>`
    : `<skipped message="${escaped([message, ...details].join(" "))}"/>`;
  return `${open}${result}</testcase>`;
}
