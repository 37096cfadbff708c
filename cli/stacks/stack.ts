import { execFile } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import * as z from "zod";
import { CLIENT_TYPE_TOKEN, ROTATING_CLIENT_TYPE_TOKEN } from "../../provider/shell";
import type { ManagedClient } from "./clients";
import { clientsOfRotation } from "./clients";
import type { Terminal } from "../terminal/terminal";

/** The clients of one stack. */
export interface Stack {
  readonly name: string;
  /** Whether it has no resource of any kind, as before its first run, or as a file that was cut. */
  readonly isEmpty: boolean;
  readonly clients: readonly ManagedClient[];
  /** Ids of clients that the next run of the stack will delete. */
  readonly leaving: readonly string[];
}

const properties = z.record(z.string(), z.unknown()).default({});
const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  external: z.boolean().optional(),
  delete: z.boolean().optional(),
  sourcePosition: z.string().optional(),
  inputs: properties,
  outputs: properties,
});
/** Versions of an export's form that this package reads. */
const KNOWN_VERSIONS: readonly number[] = [3, 4];
const exported = z.looseObject({
  version: z.number(),
  deployment: z.looseObject({ resources: z.array(resource).nullish() }),
});

/** Reads what `pulumi stack export` printed. Resources that are only looked up are left out. */
export function parseStack(name: string, text: string): Stack {
  const parsed = exported.safeParse(readJson(text));
  if (!parsed.success) throw new Error(`${name} is not what "pulumi stack export" prints: export it again.`);
  const { version } = parsed.data;
  if (!KNOWN_VERSIONS.includes(version))
    throw new Error(
      `${name} is a stack's export of version ${version}, and this package reads ${KNOWN_VERSIONS.join(" and ")}: update pulumi-thinkgeo.`,
    );
  const all = (parsed.data.deployment.resources ?? []).filter(
    ({ type, external }) => TYPES.includes(type) && external !== true,
  );
  const clients = (leaving: boolean): ManagedClient[] =>
    all.filter((resource) => (resource.delete === true) === leaving).flatMap(clientsOf);
  return {
    name,
    isEmpty: (parsed.data.deployment.resources ?? []).length === 0,
    clients: clients(false),
    leaving: clients(true).map(({ id }) => id),
  };
}

const TYPES: readonly string[] = [CLIENT_TYPE_TOKEN, ROTATING_CLIENT_TYPE_TOKEN];

function clientsOf(exportedResource: z.infer<typeof resource>): ManagedClient[] {
  const { urn, type, id, sourcePosition, inputs, outputs } = exportedResource;
  if (id === undefined) return [];
  const managed = { urn, resource: urn.split("::").at(-1) ?? urn, id, sourcePosition, inputs, outputs };
  return type === ROTATING_CLIENT_TYPE_TOKEN ? clientsOfRotation(managed) : [managed];
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's message would quote the text, which may hold secrets.
    return undefined;
  }
}

/** A stack as a file that `pulumi stack export --file` made. */
export function readStackFile(file: string, terminal: Terminal): Stack {
  try {
    return parseStack(file, readFileSync(resolve(terminal.folder, file), "utf8"));
  } catch (error) {
    if (typeof error === "object" && error !== null && "code" in error)
      throw new Error(
        `${file} cannot be read (${String(error.code)}): make it with "pulumi stack export --file ${file}".`,
        { cause: error },
      );
    throw error;
  }
}

/** A stack as Pulumi has it now; its secrets in plain only where they are asked for. */
export async function exportStack(
  stack: string,
  cwd: string,
  terminal: Terminal,
  secrets: "encrypted" | "plain" = "encrypted",
): Promise<Stack> {
  const plain = secrets === "plain" ? ["--show-secrets"] : [];
  const text = await pulumi(["stack", "export", "--stack", stack, ...plain], cwd, terminal);
  return { ...parseStack(`stack ${stack}`, text), name: stack };
}

/** The name of the stack that is selected in a folder. */
export async function selectedStack(cwd: string, terminal: Terminal): Promise<string> {
  return (await pulumi(["stack", "--show-name"], cwd, terminal)).trim();
}

/** Whether Pulumi finds a project in a folder, or above it. */
export function isInProject(cwd: string, terminal: Terminal): boolean {
  for (let folder = resolve(terminal.folder, cwd); ; folder = dirname(folder)) {
    if (["Pulumi.yaml", "Pulumi.yml"].some((file) => existsSync(join(folder, file)))) return true;
    if (dirname(folder) === folder) return false;
  }
}

const stackList = z.array(z.looseObject({ name: z.string() }));

/** The names of all stacks of the project in a folder. */
export async function stackNames(cwd: string, terminal: Terminal): Promise<string[]> {
  const parsed = stackList.safeParse(readJson(await pulumi(["stack", "ls", "--json"], cwd, terminal)));
  if (!parsed.success)
    throw new Error(
      `"pulumi stack ls --json" in ${cwd} printed what is no list of stacks: name them instead.`,
    );
  return parsed.data.map(({ name }) => name);
}

const settingsJson = z.record(
  z.string(),
  z.looseObject({ value: z.string().optional(), secret: z.boolean().optional() }),
);

/** One stack's configuration under `thinkgeo:`, secrets in plain: they go nowhere but into the sign-in. */
export interface StackSettings {
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
  /** Settings that Pulumi.<stack>.yaml holds without encryption. */
  readonly unencrypted: readonly string[];
}

export async function stackSettings(stack: string, cwd: string, terminal: Terminal): Promise<StackSettings> {
  const parsed = settingsJson.safeParse(
    readJson(await pulumi(["config", "--json", "--show-secrets", "--stack", stack], cwd, terminal)),
  );
  const entries = Object.entries(parsed.success ? parsed.data : {}).filter(([key]) =>
    key.startsWith("thinkgeo:"),
  );
  return {
    name: stack,
    values: Object.fromEntries(
      entries.flatMap(([key, { value }]) => (value === undefined ? [] : [[key, value]])),
    ),
    unencrypted: entries.flatMap(([key, { secret }]) => (secret === true ? [] : [key])),
  };
}

async function pulumi(args: readonly string[], cwd: string, terminal: Terminal): Promise<string> {
  const folder = resolve(terminal.folder, cwd);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new Error(`There is no folder ${cwd}: --cwd names the folder of the Pulumi project.`);
  const options = {
    cwd: folder,
    env: { ...terminal.environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
    maxBuffer: 1024 * 1024 * 1024,
    signal: terminal.ending.signal,
  };
  return new Promise((done, fail) => {
    execFile(
      "pulumi",
      [...args, "--non-interactive", "--color", "never"],
      options,
      (error, stdout, stderr) => {
        if (error === null) {
          done(stdout);
          return;
        }
        const missing =
          error.code === "ENOENT" ? "pulumi is not on PATH" : stderr.trim().replace(/^error: /, "");
        fail(new Error(`"pulumi ${args.join(" ")}" in ${cwd} failed: ${missing}`, { cause: error }));
      },
    );
  });
}
