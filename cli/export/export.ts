import { basename, resolve } from "node:path";
import * as z from "zod";
import { IdSet } from "../../provider/model/ids";
import type { Configuration } from "../../provider/configuration";
import { signIn, withConnection } from "../account/sign-in";
import {
  CWD,
  defineCommand,
  flag,
  jsonOption,
  repeated,
  stacksOption,
  type Option,
  type Values,
} from "../command";
import { chooseStacks, readStacks } from "../stacks/read";
import { EXIT } from "../terminal/ending";
import { json } from "../terminal/lines";
import type { Terminal } from "../terminal/terminal";
import { mentionsIn, readFolder, type Folder, type Mentions } from "./folder";
import { plan, writeFiles, type FileChange } from "./plan";
import { findProgram } from "./program";
import { PROJECT_FILES, projectName } from "./project-files";
import { printReport, type ExportReport, type FileAction } from "./report";
import { declareClients, readAccount, selectClients, type Account } from "./select";

const OUT: Option<string> = {
  text: "folder to write into; made if it is not there",
  value: "DIR",
  type: z.string({ error: "a folder to write into is wanted" }).min(1, "a folder to write into is wanted"),
};

const OPTIONS = {
  out: OUT,
  only: repeated(
    "NAME|GUID",
    "clients to write: a GUID, or a name in which * and ? are wildcards (default: all)",
  ),
  unmanaged: flag("only clients that no stack manages"),
  stack: stacksOption("a stack for --unmanaged (default: the one selected in the folder)"),
  cwd: CWD,
  file: repeated("FILE", 'a stack for --unmanaged, as "pulumi stack export --file FILE" wrote it'),
  "include-samples": flag("write the two sample clients that every account is born with, too"),
  "include-own": flag("write the client that this command signs in with, too"),
  json: jsonOption("print what was done as JSON (docs/schemas/export.schema.json)"),
};

/** `thinkgeo export`: an account as a program that imports its clients. Never changes the account. */
export const exportCommand = defineCommand({
  summary: "write the account's clients as a Pulumi program that adopts them",
  usage: "export --out DIR [--only NAME|GUID]… [--unmanaged] [options]",
  about:
    "Writes a Pulumi project in TypeScript that takes over the clients of the account, each by its GUID, and changes none of them. " +
    "Into a project that is there, TypeScript or JavaScript, it adds clients that are new and leaves everything else as it is. docs/adopt.md shows it.",
  options: OPTIONS,
  positionals: z.array(z.string()).max(0, 'It takes no arguments without a name: say "--out DIR"'),
  problem: ({ file, unmanaged }) =>
    file.length > 0 && !unmanaged
      ? "--file: says what is managed already, which only --unmanaged asks about"
      : undefined,
  examples: [
    "thinkgeo export --out keys",
    'thinkgeo export --out keys --only "Shop *" --only e876f033-27bb-499a-82e2-b1070256de03',
    "thinkgeo export --out rest --unmanaged --stack prod",
  ],
  exitCodes: "0 if all that was picked is in the program, 1 if some of it cannot be declared, 2 if it failed",
  run: async (options, terminal) => {
    const report = await exportAccount(options, terminal);
    if (options.json) terminal.write(json(report));
    else printReport(report, terminal);
    return report.leftOut.some(({ why }) => why === "undeclarable") ? EXIT.findings : EXIT.ok;
  },
});

type ExportOptions = Values<typeof OPTIONS>;

async function exportAccount(options: ExportOptions, terminal: Terminal): Promise<ExportReport> {
  const out = resolve(terminal.folder, options.out);
  // What is wrong with the folder is said before any request is sent.
  const folder = readFolder(out);
  const program = findProgram(folder);
  const mentions = mentionsIn(folder);
  const { managed, configuration } = await readManaged(options, terminal);
  const account = await terminal.withProgress("Reading the account…", () =>
    withConnection(configuration, terminal, readAccount),
  );
  const selected = selectClients(account.clients, options.only, managed);
  const isPresent = ({ id }: { readonly id: string }): boolean =>
    mentions.has(id.toLowerCase()) || folder.manifest.has(id.toLowerCase());
  const include = { samples: options["include-samples"], own: options["include-own"] };
  const missing = selected.filter((client) => !isPresent(client));
  const { exported, leftOut } = declareClients(missing, account, include);
  const { changes, written, notes } = plan(folder, program, projectName(basename(out)), exported, leftOut);
  writeFiles(out, changes);
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
    present: selected.filter(isPresent).length,
    written: [...written],
    leftOut: [...leftOut],
    gone: goneFrom(account, mentions, folder),
    files: actionsOf(changes, folder),
    notes: [...notes, ...(account.own === undefined ? [UNSEEN] : [])],
  };
}

const UNSEEN =
  "The account's list lacks the client that this command signs in with, so nothing is said about clients that are gone.";

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
function goneFrom(
  { clients, own }: Account,
  mentions: Mentions,
  { manifest, sources }: Folder,
): ExportReport["gone"] {
  if (own === undefined) return [];
  const existing = new IdSet(clients.map(({ id }) => id));
  const fileOf = (resource: string): string | undefined =>
    [...sources].find(([, text]) => text.includes(`"${resource}"`))?.[0];
  const written = [...manifest].flatMap(([id, resource]) => {
    const file = fileOf(resource);
    return file === undefined ? [] : [[id, file] as const];
  });
  const adopted = [...mentions].flatMap(([id, { adopted, file }]) => (adopted ? [[id, file] as const] : []));
  return [...new Map([...written, ...adopted])]
    .filter(([id]) => !existing.has(id))
    .map(([id, file]) => ({ id, file }));
}

/** What became of each file that an export may write. */
function actionsOf(changes: readonly FileChange[], folder: Folder): FileAction[] {
  const done = changes.map(({ path, action }): FileAction => ({
    path,
    action: action === "create" ? "created" : "added to",
  }));
  const kept = PROJECT_FILES.filter((path) => folder.others.has(path));
  return [...done, ...kept.map((path): FileAction => ({ path, action: "kept" }))].sort((left, right) =>
    left.path < right.path ? -1 : 1,
  );
}
