/**
 * One version's section of a changelog in the form of Keep a Changelog: its heading's date, and what is below it.
 *
 * @param {string} changelog
 * @param {string} version
 * @returns {{ date: string, notes: string } | undefined}
 */
export function sectionOf(changelog, version) {
  const sections = changelog.split(/^(?=## )/m);
  const section = sections.find((each) => each.startsWith(`## [${version}] - `));
  if (section === undefined) return undefined;
  const [heading = "", ...lines] = section.split("\n");
  return { date: heading.slice(`## [${version}] - `.length).trim(), notes: `${lines.join("\n").trim()}\n` };
}
