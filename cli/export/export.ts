import { resolve } from "node:path";
import * as z from "zod";
import { IdMap, IdSet } from "../../provider/model/ids";
import type { Configuration } from "../../provider/configuration";
import { signIn, withConnection } from "../account/sign-in";
import {
  choice,
  CWD,
  defineCommand,
  flag,
  jsonOption,
  repeated,
  single,
  stacksOption,
  type Option,
  type Values,
} from "../command";
import { writeText } from "../files";
import { chooseStacks, readStacks } from "../stacks/read";
import { EXIT } from "../terminal/ending";
import { json } from "../terminal/lines";
import type { Terminal } from "../terminal/terminal";
import { importedClients, printImportFile } from "./import-file";
import { type FileChange, type Plan, writeFiles } from "./plan";
import { printReport, type ExportReport, type FileAction } from "./report";
import { declareClients, readAccount, selectClients, type Account } from "./select";
import { LANGUAGES, readTarget, type Target } from "./target";

const OUT: Option<string | undefined> = {
  text: "directory to write into; created if missing",
  value: "DIR",
  type: z.string().min(1, "a folder to write into is wanted").optional(),
};

const OPTIONS = {
  out: OUT,
  language: choice(
    "LANGUAGE",
    LANGUAGES,
    "the program's language: typescript (dynamic provider) or yaml (native provider); default: typescript",
  ),
  "import-file": single("FILE", 'write a file for "pulumi import --file", beside --out or instead of it'),
  dynamic: flag("make the import file for the dynamic provider (default: the native one)"),
  only: repeated(
    "NAME|GUID",
    "a client to write, by GUID, or by name with the wildcards * and ? (default: all)",
  ),
  unmanaged: flag("only clients that no stack manages"),
  stack: stacksOption("a stack for --unmanaged (default: the selected one)"),
  cwd: CWD,
  file: repeated("FILE", 'a stack for --unmanaged, as written by "pulumi stack export --file FILE"'),
  "include-samples": flag("also write the two sample clients of every account"),
  "include-own": flag("also write the client that this command authenticates with"),
  json: jsonOption("print JSON (docs/schemas/export.schema.json)"),
};

/** `thinkgeo export`: an account as a program that imports its clients. Never changes the account. */
export const exportCommand = defineCommand({
  summary: "write a program that imports existing clients",
  usage:
    "export (--out DIR | --import-file FILE) [--language LANGUAGE] [--only NAME|GUID]… [--unmanaged] [options]",
  about:
    "Writes a Pulumi project in TypeScript or YAML that imports the clients of the account, each by its GUID, and changes none of them. " +
    "To an existing project in TypeScript, JavaScript or YAML it adds new clients, and changes nothing else. It writes no keys and no secrets.",
  options: OPTIONS,
  positionals: z.array(z.string()).max(0, 'It takes no arguments without a name: say "--out DIR"'),
  problem: problemIn,
  examples: [
    "thinkgeo export --out keys",
    'thinkgeo export --out keys --only "Shop *" --only "Tile renderer"',
    "thinkgeo export --out rest --unmanaged --stack prod",
    "thinkgeo export --out keys --language yaml",
    "thinkgeo export --out . --unmanaged --import-file import.json --dynamic",
  ],
  exitCodes: "0 if all selected clients are in the program, 1 if some cannot be declared, 2 if it failed",
  run: async (options, terminal) => {
    const report = await exportAccount(options, terminal);
    if (options.json) terminal.write(json(report));
    else printReport(report, terminal);
    return report.leftOut.some(({ why }) => why === "undeclarable") ? EXIT.findings : EXIT.ok;
  },
});

type ExportOptions = Values<typeof OPTIONS>;

/** What is wrong with options that are right one by one. */
function problemIn(options: ExportOptions): string | undefined {
  const { file, unmanaged, out, language, dynamic, "import-file": importFile } = options;
  if (file.length > 0 && !unmanaged)
    return "--file: says what is managed already, which only --unmanaged asks about";
  if (out === undefined && importFile === undefined)
    return "--out: a folder to write into is wanted, or a file with --import-file";
  if (out === undefined && language !== undefined)
    return "--language: is the program's, and without --out none is written";
  if (dynamic && importFile === undefined) return "--dynamic: is for a file with --import-file only";
  if (dynamic && language === "yaml") return "--dynamic: a YAML program has the native provider";
  // What is in state under another type than in the program is deleted by the next run.
  if (importFile !== undefined && out !== undefined && !dynamic && language !== "yaml")
    return "--import-file: a TypeScript program has the dynamic provider, so say --dynamic, or --language yaml";
  return undefined;
}

async function exportAccount(options: ExportOptions, terminal: Terminal): Promise<ExportReport> {
  const out = options.out === undefined ? null : resolve(terminal.folder, options.out);
  const target = out === null ? undefined : readTarget(out, options.language ?? "typescript");
  const { managed, configuration } = await readManaged(options, terminal);
  const account = await terminal.withProgress("Reading the account…", () =>
    withConnection(configuration, terminal, readAccount),
  );
  const selected = selectClients(account.clients, options.only, managed);
  const isPresent = ({ id }: { readonly id: string }): boolean =>
    target !== undefined && (target.mentions.has(id) || target.folder.manifest.has(id));
  const include = { samples: options["include-samples"], own: options["include-own"] };
  const missing = selected.filter((client) => !isPresent(client));
  const { exported, leftOut } = declareClients(missing, account, include);
  const planned = target?.plan(exported, leftOut) ?? NOTHING;
  if (out !== null) writeFiles(out, planned.changes);
  const present = selected.filter(isPresent);
  const known = declareClients(present, account, ALL).exported;
  const imported = writeImportFile(
    importedClients(exported, planned.written, known, target),
    options,
    terminal,
  );
  return {
    version: 1,
    out,
    account: {
      ownerId: account.own?.ownerId ?? null,
      signedInAs: account.own?.id ?? null,
      clients: account.clients.length,
      roles: [...account.roles],
    },
    picked: selected.length,
    present: present.length,
    written: [...planned.written],
    importFile: imported.file,
    leftOut: [...leftOut],
    gone: target === undefined ? [] : goneFrom(account, target),
    files: target === undefined ? [] : actionsOf(planned.changes, target),
    notes: [...planned.notes, ...imported.notes, ...(account.own === undefined ? [UNSEEN] : [])],
  };
}

const NOTHING: Plan = { changes: [], written: [], notes: [] };
/** What a program has already was wanted. */
const ALL = { samples: true, own: true };

const UNSEEN =
  "The account's list lacks the client that this command authenticates with, so nothing is said about clients that are gone.";

/** Writes the import file if one is wanted. */
function writeImportFile(
  { clients, notes }: ReturnType<typeof importedClients>,
  { "import-file": file, dynamic }: ExportOptions,
  terminal: Terminal,
): { readonly file: ExportReport["importFile"]; readonly notes: readonly string[] } {
  if (file === undefined) return { file: null, notes: [] };
  const host = dynamic ? "dynamic" : "native";
  writeText(file, printImportFile(clients, host), terminal);
  const names = clients.map(({ resource, declaration: { adopt: id } }) => ({ id, resource }));
  return { file: { path: resolve(terminal.folder, file), host, clients: names }, notes };
}

/** What stacks manage, for --unmanaged; without it, a stack only has the configuration to sign in with. */
async function readManaged(
  { stack, file, cwd, unmanaged }: ExportOptions,
  terminal: Terminal,
): Promise<{ readonly managed: IdSet; readonly configuration: Configuration }> {
  if (!unmanaged)
    return { managed: new IdSet(), configuration: await signIn({ stack: stack[0], cwd }, terminal) };
  const chosen = await chooseStacks({ stack, file, cwd }, terminal);
  const stacks = await readStacks(chosen, cwd, terminal);
  const configuration = await signIn({ stack: chosen.named, selected: chosen.names[0], cwd }, terminal);
  const ids = stacks.flatMap(({ clients, pendingDelete }) => [
    ...clients.map(({ id }) => id),
    ...pendingDelete,
  ]);
  return { managed: new IdSet(ids), configuration };
}

/** Clients that the program adopts, or that an export wrote and the program still names, and that the account lacks. */
function goneFrom({ clients, own }: Account, { mentions, folder, fileOf }: Target): ExportReport["gone"] {
  if (own === undefined) return [];
  const existing = new IdSet(clients.map(({ id }) => id));
  const written = [...folder.manifest].flatMap(([id, resource]) => {
    const file = fileOf(resource);
    return file === undefined ? [] : [[id, file] as const];
  });
  const adopted = [...mentions].flatMap(([id, { adopted, file }]) => (adopted ? [[id, file] as const] : []));
  return [...new IdMap([...written, ...adopted])]
    .filter(([id]) => !existing.has(id))
    .map(([id, file]) => ({ id, file }));
}

/** What became of each file that an export may write. */
function actionsOf(changes: readonly FileChange[], { folder, projectFiles }: Target): FileAction[] {
  const done = changes.map(({ path, action }): FileAction => ({
    path,
    action: action === "create" ? "created" : "added to",
  }));
  const kept = projectFiles.filter(
    (path) => folder.others.has(path) && !changes.some((change) => change.path === path),
  );
  return [...done, ...kept.map((path): FileAction => ({ path, action: "kept" }))].sort((left, right) =>
    left.path < right.path ? -1 : 1,
  );
}
