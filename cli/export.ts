import { basename, resolve } from "node:path";
import { withAccount } from "./account/access";
import { mentionsIn, readFolder } from "./export/folder";
import { exportOptions, OPTIONS, type ExportOptions } from "./export/options";
import { readManaged } from "./export/managed";
import { pick } from "./export/pick";
import { plan, type Change } from "./export/plan";
import { findProgram } from "./export/program";
import { PROJECT_FILES, projectName } from "./export/project-files";
import { render } from "./export/render";
import { sortOut } from "./export/sort-out";
import type { FileAction, Summary } from "./export/summary";
import { survey, type Survey } from "./export/survey";
import { write } from "./export/write";
import type { Terminal } from "./terminal/terminal";
import { json } from "./terminal/json";
import { EXIT } from "./terminal/ending";
import { readOptions, type Verb } from "./verb";

/** `thinkgeo export`: an account as a program that adopts its clients. Never changes the account. */
export const exportVerb: Verb = {
  summary: "write the account's clients as a Pulumi program that adopts them",
  help: {
    usage: "export --out DIR [--only NAME|GUID]… [--unmanaged] [options]",
    about:
      "Writes a Pulumi project in TypeScript that takes over the clients of the account, each by its GUID, and changes none of them. " +
      "Into a project that is there, TypeScript or JavaScript, it adds clients that are new and leaves everything else as it is. docs/adopt.md shows it.",
    options: OPTIONS,
    examples: [
      "thinkgeo export --out keys",
      'thinkgeo export --out keys --only "Shop *" --only e876f033-27bb-499a-82e2-b1070256de03',
      "thinkgeo export --out rest --unmanaged --stack prod",
    ],
    exitCodes:
      "0 if all that was picked is in the program, 1 if some of it cannot be declared, 2 if it failed",
  },
  run: async (args, terminal) => {
    const options = readOptions(args, OPTIONS, exportOptions);
    const summary = await exportAccount(options, terminal);
    if (options.json) terminal.write(json(summary));
    else render(summary, terminal);
    return summary.leftOut.some(({ why }) => why === "undeclarable") ? EXIT.found : EXIT.fine;
  },
};

async function exportAccount(options: ExportOptions, terminal: Terminal): Promise<Summary> {
  const out = resolve(terminal.folder, options.out);
  // What is wrong with the folder should be known before anything is asked for.
  const folder = readFolder(out);
  const program = findProgram(folder);
  const mentions = mentionsIn(folder);
  const managed = await readManaged(options, terminal);
  const seen = await terminal.waitingFor("Reading the account…", () =>
    withAccount(managed.configuration, terminal, survey),
  );
  const picked = pick(seen.clients, { only: options.only, managed: managed.ids });
  const isThere = (id: string): boolean =>
    mentions.has(id.toLowerCase()) || folder.ledger.has(id.toLowerCase());
  const wishes = { samples: options["include-samples"], own: options["include-own"] };
  const { exported, leftOut } = sortOut(
    picked.filter(({ id }) => !isThere(id)),
    seen,
    wishes,
  );
  const planned = plan(folder, program, projectName(basename(out)), exported, leftOut);
  write(out, planned.changes);
  return {
    version: 1,
    out,
    account: {
      ownerId: seen.own?.ownerId ?? null,
      signedInAs: seen.own?.id ?? null,
      clients: seen.clients.length,
      roles: [...seen.roles],
    },
    picked: picked.length,
    present: picked.filter(({ id }) => isThere(id)).length,
    written: [...planned.written],
    leftOut: [...leftOut],
    gone: goneFrom(seen, mentions, folder),
    files: actionsOf(planned.changes, folder),
    notes: [...planned.notes, ...(seen.own === undefined ? [UNSEEN] : [])],
  };
}

const UNSEEN =
  "The account's list lacks the client that this command signs in with, so nothing is said about clients that are gone.";

/** Clients that the program adopts, or that were written once and are still named in it, and that the account lacks. */
function goneFrom(
  { clients, own }: Survey,
  mentions: ReturnType<typeof mentionsIn>,
  { ledger, sources }: ReturnType<typeof readFolder>,
): Summary["gone"] {
  if (own === undefined) return [];
  const alive = new Set(clients.map(({ id }) => id.toLowerCase()));
  const fileOf = (resource: string): string | undefined =>
    [...sources].find(([, text]) => text.includes(`"${resource}"`))?.[0];
  const written = [...ledger].flatMap(([id, resource]) => {
    const file = fileOf(resource);
    return file === undefined ? [] : [[id, file] as const];
  });
  const adopted = [...mentions].flatMap(([id, { adopted, file }]) => (adopted ? [[id, file] as const] : []));
  return [...new Map([...written, ...adopted])]
    .filter(([id]) => !alive.has(id))
    .map(([id, file]) => ({ id, file }));
}

/** What became of each file that an export may have to do with. */
function actionsOf(changes: readonly Change[], folder: ReturnType<typeof readFolder>): FileAction[] {
  const done = changes.map(({ path, action }): FileAction => ({
    path,
    action: action === "create" ? "created" : "added to",
  }));
  const kept = PROJECT_FILES.filter((path) => folder.others.has(path));
  return [...done, ...kept.map((path): FileAction => ({ path, action: "kept" }))].sort((left, right) =>
    left.path < right.path ? -1 : 1,
  );
}
