import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { MOST_REQUESTS } from "../../../cli/doctor/probe/probe";
import { NOT_ASKED, QUESTION_NAMES, QUESTIONS, TOPICS } from "../../../cli/doctor/probe/questions";

const read = (name: string): string => readFileSync(join(__dirname, "../../..", name), "utf8");

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
/** Asterisks would begin and end italics. */
const cell = (text: string): string => (text.includes("*") ? `\`${text}\`` : text);

const TABLES = Object.entries(TOPICS)
  .map(([topic, questions]) =>
    [
      `**${capital(topic)}**`,
      "",
      "| asked | answers | switches of the emulator |",
      "| --- | --- | --- |",
      ...Object.values(questions).map(({ ask, answers, switches, orFields }) => {
        const known = [...answers, ...(orFields === undefined ? [] : ["their names"])].map(cell).join(", ");
        return `| ${cell(ask)} | ${known} | ${switches.map((name) => `\`${name}\``).join(", ")} |`.replace(
          "|  |",
          "| |",
        );
      }),
    ].join("\n"),
  )
  .join("\n\n");

const OPEN = NOT_ASKED.map(
  ({ what, switches }) => `- ${capital(what)} (${switches.map((name) => `\`${name}\``).join(", ")}).`,
).join("\n");

// WRITE_DOCS=1 npm test -- probe-documents: after a change of the questions.
test("docs/doctor.md has every question, its answers, and what is not asked", () => {
  const file = "docs/doctor.md";
  const page = read(file);
  const [start, settles = "", open = ""] = page.split(/\n### What it (?:settles|does not)\n\n/);
  if (process.env["WRITE_DOCS"] !== undefined)
    writeFileSync(
      join(__dirname, "../../..", file),
      `${start ?? ""}\n### What it settles\n\n${TABLES}\n\n### What it does not\n\n${OPEN}\n`,
    );
  else expect([settles.trim(), open.trim()]).toEqual([TABLES, OPEN]);
});

test("every question is in one topic", () => {
  const names = Object.values(TOPICS).flatMap((questions) => Object.keys(questions));
  expect(names.toSorted()).toEqual(QUESTION_NAMES.toSorted());
  const asks = QUESTION_NAMES.map((name) => QUESTIONS[name].ask);
  expect(new Set(asks).size).toBe(asks.length);
});

test("README says what the probe settles and what not", () => {
  const topics = Object.entries(TOPICS).map(
    ([topic, questions]) => `${topic} (${Object.keys(questions).length})`,
  );
  const settles = `   - It settles ${QUESTION_NAMES.length} questions: ${topics.join("; ")}.`;
  const open = `   - It does not settle ${NOT_ASKED.map(({ what }) => what).join("; ")}.`;
  expect(read("README.md")).toContain(`
${settles}
${open}
`);
});

test("docs/doctor.md has the numbers that are true", () => {
  const page = read("docs/doctor.md");
  expect(page).toContain(`about 75, at most ${MOST_REQUESTS}, not counting repeats`);
  expect(page).toContain(`${QUESTION_NAMES.length} of ${QUESTION_NAMES.length} questions are settled`);
});
