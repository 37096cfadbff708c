// What action.yml does with the reports of "thinkgeo drift": annotations, the summary of the job, paths in SARIF from the repository's
// root, and one comment of the pull request.
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";

/**
 * @typedef {object} Finding what is read here of drift.json's findings
 * @property {string} kind
 * @property {boolean} fails
 * @property {string} name
 * @property {string} message
 * @property {string[]} details
 * @property {{ source: { file: string, line: number } | null }[]} resources
 */

/** GitHub shows so many annotations of one step, of errors and of warnings each. */
const MOST_ANNOTATIONS = 10;
const BOT = "github-actions[bot]";

const {
  REPORT = "",
  PROJECT = ".",
  STACKS = "",
  PULL_REQUEST = "",
  GITHUB_API_URL = "",
  GITHUB_REPOSITORY = "",
  GITHUB_TOKEN = "",
  GITHUB_STEP_SUMMARY = "",
} = process.env;

/** @param {string} name */
const read = (name) => readFileSync(join(REPORT, name), "utf8");

/** A path of the project, from the repository's root. @param {string} file */
const inRepository = (file) => posix.join(PROJECT.replaceAll("\\", "/"), file);

/** @param {string} text */
const data = (text) => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

/** @param {string} text */
const property = (text) => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** @param {Finding} finding */
function annotation({ kind, fails, name, message, details, resources }) {
  const source = resources[0]?.source ?? { file: "Pulumi.yaml", line: 1 };
  const place = `file=${property(inRepository(source.file))},line=${source.line}`;
  const text = [`${JSON.stringify(name)}: ${message}`, ...details].join("\n");
  return `::${fails ? "error" : "warning"} ${place},title=${property(`thinkgeo drift: ${kind}`)}::${data(text)}`;
}

function annotate() {
  /** @type {Finding[]} */
  const findings = JSON.parse(read("drift.json")).findings;
  for (const isError of [true, false])
    for (const finding of findings.filter(({ fails }) => fails === isError).slice(0, MOST_ANNOTATIONS))
      console.log(annotation(finding));
}

/** Code scanning looks for files from the repository's root. */
function placeSarif() {
  const log = JSON.parse(read("drift.sarif"));
  for (const { locations } of log.runs[0].results)
    for (const { physicalLocation } of locations)
      physicalLocation.artifactLocation.uri = inRepository(physicalLocation.artifactLocation.uri);
  writeFileSync(join(REPORT, "drift.sarif"), `${JSON.stringify(log, null, 2)}\n`);
}

/** @param {string} method @param {string} path @param {string} [body] */
async function github(method, path, body) {
  const response = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/issues/${path}`, {
    method,
    headers: { accept: "application/vnd.github+json", authorization: `Bearer ${GITHUB_TOKEN}` },
    ...(body !== undefined && { body: JSON.stringify({ body }) }),
  });
  if (response.ok) return response.json();
  throw new Error(
    `The comment of the pull request could not be written: HTTP ${response.status} for ${method} ${path}. The job needs "permissions: pull-requests: write".`,
  );
}

/** The report, in place of the last one: nobody sees the first line, and by it the comment is found again. @param {string} report */
async function comment(report) {
  const mark = `<!-- thinkgeo drift: ${[PROJECT, ...STACKS.split(/\s+/)].filter(Boolean).join(" ")} -->`;
  const body = `${mark}\n${report}`;
  for (let page = 1; ; page++) {
    /** @type {{ id: number, body: string, user: { login: string } | null }[]} */
    const comments = await github("GET", `${PULL_REQUEST}/comments?per_page=100&page=${page}`);
    const ours = comments.find(({ user, body: text }) => user?.login === BOT && text.startsWith(`${mark}\n`));
    if (ours !== undefined) return github("PATCH", `comments/${ours.id}`, body);
    if (comments.length < 100) return github("POST", `${PULL_REQUEST}/comments`, body);
  }
}

annotate();
placeSarif();
const markdown = read("drift.md");
appendFileSync(GITHUB_STEP_SUMMARY, markdown);
if (PULL_REQUEST !== "") await comment(markdown);
