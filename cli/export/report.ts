import * as z from "zod";
import { CLIENT_TYPES } from "../../provider/model/wire";
import { styled } from "../terminal/lines";
import type { Terminal } from "../terminal/terminal";
import { sentence } from "../../provider/text";
import { count, quoted } from "../text";
import { PACKED, PAGE } from "./project-files";

const client = {
  id: z.string().describe("GUID of the client."),
  name: z.string().describe("The client's name in the account; as it is, not escaped."),
};

const written = z.strictObject({
  ...client,
  type: z.enum(CLIENT_TYPES),
  resource: z.string().describe("The resource's name in the program."),
  variable: z.string().describe("The constant, or in YAML the key, that holds the resource."),
  file: z.string().describe("Where it was written, in the folder."),
  notes: z.array(z.string()).describe("The sentences that stand above it in the program."),
});

const leftOut = z.strictObject({
  ...client,
  type: z.string().nullable().describe("As the account says; null where it does not."),
  why: z.enum(["sample", "own", "undeclarable"]),
  reason: z.string().describe("A piece of a sentence, without control characters."),
});

const importFile = z.strictObject({
  path: z.string().describe("As an absolute path."),
  host: z.enum(["native", "dynamic"]).describe("The host of the provider whose types the file has."),
  clients: z.array(
    z.strictObject({ id: client.id, resource: z.string().describe("The resource's name in the program.") }),
  ),
});

const gone = z.strictObject({
  id: z.string().describe("GUID that the program adopts or imports and the account does not have."),
  file: z
    .string()
    .nullable()
    .describe("Where the program speaks of it; null: only thinkgeo-export.json does."),
});

const file = z.strictObject({
  path: z.string().describe("In the folder."),
  action: z.enum(["created", "added to", "kept"]).describe("Nothing that a file had is ever changed."),
});

/** What `thinkgeo export --json` prints; docs/schemas/export.schema.json is made from it. */
export const exportReport = z
  .strictObject({
    version: z.literal(1),
    out: z.string().nullable().describe("The folder, as an absolute path; null without --out."),
    account: z.strictObject({
      ownerId: z.string().nullable(),
      signedInAs: z
        .string()
        .nullable()
        .describe("GUID of the client that this run authenticated with; null: the list lacks it."),
      clients: z.number().describe("Clients in the account."),
      roles: z
        .array(z.string())
        .describe(
          "All roles that its clients have: a client with all of them is written without grantedRoles.",
        ),
    }),
    picked: z.number().describe("Clients that --only and --unmanaged leave; all without them."),
    present: z.number().describe("Of these, clients that the folder has already."),
    written: z.array(written),
    importFile: importFile.nullable().describe("What --import-file wrote; null without it."),
    leftOut: z.array(leftOut),
    gone: z.array(gone),
    files: z.array(file),
    notes: z.array(z.string()).describe("What else a person should know."),
  })
  .describe("What thinkgeo export did.");

export type ExportReport = z.infer<typeof exportReport>;
export type Written = z.infer<typeof written>;
export type LeftOut = z.infer<typeof leftOut>;
export type FileAction = z.infer<typeof file>;

/** Prints the report for a person. */
export function printReport(report: ExportReport, terminal: Terminal): void {
  const { out, written, importFile, leftOut, gone, present, picked, files, notes } = report;
  const line = (text = ""): void => {
    terminal.print(text);
  };
  const inside = present === 0 ? "" : ` ${present} of ${count(picked, "client")} were there already.`;
  const wrote = (clients: number, rest: string): void => {
    terminal.print([styled("bold", `Wrote ${count(clients, "client")}`), rest]);
  };
  if (out !== null && written.length === 0) line(`Nothing new to write into ${out}.${inside}`);
  else if (out !== null) wrote(written.length, ` into ${out}.${inside}`);
  for (const { path, action } of files) {
    const inFile = written.filter(({ file }) => file === path).length;
    line(`  ${action.padEnd(8)}  ${path}${inFile === 0 ? "" : `  (${count(inFile, "client")})`}`);
  }
  if (importFile !== null) wrote(importFile.clients.length, ` into the import file ${importFile.path}.`);
  const wanted = leftOut.filter(({ why }) => why !== "undeclarable");
  if (wanted.length > 0) line("Left out:");
  for (const { id, name, reason } of wanted) line(`  ${quoted(name)} (${id}): ${sentence(reason)}`);
  for (const note of notes) line(note);
  const warn = (text: string): void => {
    terminal.log([styled("yellow", "Warning:"), ` ${text}`]);
  };
  for (const { id, name, reason, why } of leftOut)
    if (why === "undeclarable")
      warn(`${quoted(name, 80)} (${id}) cannot be declared, and is left out: ${sentence(reason)}`);
  for (const { id, file } of gone)
    warn(
      `client ${id} is in the program${file === null ? "" : ` (${file})`} and not in the account: its resource is yours to remove.`,
    );
  if (written.length > 0 && files.some(({ path, action }) => path === "Pulumi.yaml" && action === "created"))
    line(
      `Before the first run: npm install ${PACKED}, the packed package (${PAGE}), pulumi stack init, and the credentials.`,
    );
  if (importFile !== null) {
    const { host, path } = importFile;
    const flags = [
      ...(out !== null || host === "dynamic" ? ["--generate-code=false"] : []),
      // What a program declares it can also delete; what none declares yet is left protected.
      ...(out === null ? [] : ["--protect=false"]),
    ];
    const imports = ["pulumi import --file", /\s/.test(path) ? quoted(path) : path, ...flags].join(" ");
    const commands = host === "dynamic" ? [imports, "pulumi refresh"] : [imports];
    line(`To take the clients over, and change none: ${commands.join(", then ")}`);
  } else if (written.length > 0)
    line('Then "pulumi up" takes the clients over and changes none. Deleting a resource deletes its client.');
}
