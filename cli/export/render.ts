import { styled } from "../terminal/lines";
import type { Terminal } from "../terminal/terminal";
import type { Summary } from "./summary";
import { count, sentence } from "../text";

/** The summary for a person. */
export function render(summary: Summary, terminal: Terminal): void {
  const { written, leftOut, gone, present, picked, files, notes } = summary;
  const line = (text = ""): void => {
    terminal.print(text);
  };
  const inside = present === 0 ? "" : ` ${present} of ${count(picked, "client")} were there already.`;
  if (written.length === 0) line(`Nothing new to write into ${summary.out}.${inside}`);
  else
    terminal.print([
      styled("bold", `Wrote ${count(written.length, "client")}`),
      ` into ${summary.out}.${inside}`,
    ]);
  for (const { path, action } of files) {
    const inFile = written.filter(({ file }) => file === path).length;
    line(`  ${action.padEnd(8)}  ${path}${inFile === 0 ? "" : `  (${count(inFile, "client")})`}`);
  }
  const wanted = leftOut.filter(({ why }) => why !== "undeclarable");
  if (wanted.length > 0) line("Left out:");
  for (const { id, name, reason } of wanted) line(`  ${JSON.stringify(name)} (${id}): ${sentence(reason)}`);
  for (const note of notes) line(note);
  const warn = (text: string): void => {
    terminal.tell([styled("yellow", "Warning:"), ` ${text}`]);
  };
  for (const { id, name, reason, why } of leftOut)
    if (why === "undeclarable")
      warn(
        `${JSON.stringify(name.slice(0, 80))} (${id}) cannot be declared, and is left out: ${sentence(reason)}`,
      );
  for (const { id, file } of gone)
    warn(
      `client ${id} is in the program${file === null ? "" : ` (${file})`} and not in the account: its resource is yours to remove.`,
    );
  if (written.length > 0) {
    if (files.some(({ path, action }) => path === "Pulumi.yaml" && action === "created"))
      line("Before the first run: npm install, pulumi stack init, and the credentials (docs/adopt.md).");
    line('Then "pulumi up" takes the clients over and changes none. Deleting a resource deletes its client.');
  }
}
