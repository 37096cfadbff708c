import { join } from "node:path";
import * as ts from "typescript";
import { REPOSITORY } from "../repository";

const PREAMBLE = `
import * as pulumi from "@pulumi/pulumi";
import { Client, RotatingClient, type ClientArgs, type ClientType, type RotatingClientArgs } from "../../sdk";
import type { JavaScriptClientArgs, NativeConfidentialClientArgs } from "../../sdk";
export declare const type: ClientType;
export declare const typeOutput: pulumi.Output<ClientType>;
export declare const hosts: readonly string[];
export declare const hostsOutput: pulumi.Output<string[]>;
export declare const json: any;
export declare const args: ClientArgs;
export declare const unnamed: Omit<ClientArgs, "name">;
export declare const partial: Partial<ClientArgs>;
export declare const picked: Pick<ClientArgs, "grantedRoles" | "allowedIpAddresses">;
export declare const unnamedRotating: Omit<RotatingClientArgs, "name">;
export declare const server: Omit<NativeConfidentialClientArgs, "name">;
export declare const browser: JavaScriptClientArgs;
export const right = { type: "JavaScript", allowedOrigins: ["acme.com"], grantedRoles: ["User"], active: true } as const;
export const wrong = { type: "NativeConfidential", name: "Server", grantedRoles: ["User"], active: true, deletionPolicy: "retain", replaceWhenChanged: { n: 1 }, allowedOrigins: ["acme.com"] } as const;
`;

/** Type-checks programs, each in a file of its own that need not exist; the first line of every error, by program. */
function firstLines(programs: readonly string[], exactOptionalPropertyTypes: boolean): string[][] {
  const { config } = ts.readConfigFile(join(REPOSITORY, "tsconfig.json"), (path) =>
    ts.sys.readFile(path),
  ) as { config: { compilerOptions: object } };
  const changes = { noUnusedLocals: false, exactOptionalPropertyTypes };
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, ...changes },
    REPOSITORY,
  );
  const texts = new Map(
    programs.map((text, index) => [join(__dirname, `program-${index}.ts`), PREAMBLE + text]),
  );
  const host = ts.createCompilerHost({ ...options, noEmit: true });
  host.readFile = (file) => texts.get(file) ?? ts.sys.readFile(file);
  host.fileExists = (file) => texts.has(file) || ts.sys.fileExists(file);
  const program = ts.createProgram([...texts.keys()], { ...options, noEmit: true }, host);
  return [...texts.keys()].map((file) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) =>
      typeof messageText === "string" ? messageText : messageText.messageText,
    );
  });
}

const NO_ORIGINS = "A NativeConfidential client has no origins: use allowedIpAddresses.";
const ONE_KIND = "A client has one kind of whitelist: leave this or allowedOrigins out.";
const UNKNOWN = "There is no such property.";

const RIGHT = [
  'new Client("a", { type: "JavaScript" });',
  'new Client("a", { type: "JavaScript", allowedOrigins: ["acme.com"], grantedRoles: ["User", "another"] });',
  'new Client("a", { type: "NativeConfidential", adopt: "guid", active: false }, { protect: true });',
  'new Client("a", { type: "JavaScript", allowedOrigins: hostsOutput, name: hostsOutput.apply(String) });',
  'new Client("a", { type: "JavaScript", allowedOrigins: [pulumi.interpolate`${typeOutput}.com`, "acme.com"] });',
  'new Client("a", { type: "JavaScript", allowedIpAddresses: Promise.resolve(hosts) });',
  // What is certain to be wrong is refused, and nothing else.
  'new Client("a", { type, allowedIpAddresses: ["203.0.113.7"] });',
  'new Client("a", { type, allowedOrigins: ["acme.com"] });',
  'new Client("a", { type: typeOutput, allowedOrigins: ["acme.com"] });',
  'new Client("a", { type: json, allowedOrigins: ["acme.com"], allowedIpAddresses: json });',
  'new Client("a", json);',
  // Constants, and lists that nobody may change.
  'new Client("a", right);',
  'new Client("a", { type: "JavaScript", allowedOrigins: hosts });',
  'new Client("a", { type: "NativeConfidential", allowedIpAddresses: hosts, grantedRoles: hosts } as const);',
  // What components do with arguments.
  'new Client("a", args);',
  'new Client("a", { ...args, name: "web" });',
  'new Client("a", unnamed);',
  'new Client("a", { ...unnamed, name: "web" });',
  'new Client("a", { type: "JavaScript", ...partial });',
  'new Client("a", { ...partial, type: "NativeConfidential" });',
  'new Client("a", { ...picked, type: "NativeConfidential" });',
  'new Client("a", { ...server, name: "server" });',
  'new Client("a", browser);',
  'new RotatingClient("a", { ...unnamedRotating, name: "server" });',
  'new RotatingClient("a", { type: "NativeConfidential", adopt: "guid", overlapDays: 3 });',
  'interface KeyArgs extends Omit<ClientArgs, "name" | "type"> { team: string }\nexport const make = (name: string, { team, ...rest }: KeyArgs): Client => new Client(name, { ...rest, name: team, type: "NativeConfidential" });',
  // What programs do with the classes.
  "export const clients: Client[] = [new Client('a', browser), Client.get('b', 'guid')];",
  "class Own extends Client { constructor(name: string) { super(name, { type: 'JavaScript', allowedOrigins: hosts }); } }\nexport const own: Client = new Own('a');",
  "export const key = (some: unknown): pulumi.Output<string> | undefined => some instanceof Client ? some.clientId : undefined;",
];

const WRONG: readonly (readonly [string, string])[] = [
  ['new Client("a", { type: "NativeConfidential", allowedOrigins: ["acme.com"] });', NO_ORIGINS],
  [
    'new Client("a", { type: "NativeConfidential", allowedOrigins: ["acme.com"] }, { protect: true });',
    NO_ORIGINS,
  ],
  ['new Client("a", { type: "NativeConfidential", allowedOrigins: hosts });', NO_ORIGINS],
  ['new Client("a", { type: "NativeConfidential", allowedOrigins: hostsOutput });', NO_ORIGINS],
  [
    'new Client("a", { type: pulumi.output("NativeConfidential" as const), allowedOrigins: hosts });',
    NO_ORIGINS,
  ],
  ['new Client("a", wrong);', NO_ORIGINS],
  ['new RotatingClient("a", { type: "NativeConfidential", allowedOrigins: ["acme.com"] });', NO_ORIGINS],
  ['new Client("a", { type: "JavaScript", allowedOrigins: hosts, allowedIpAddresses: hosts });', ONE_KIND],
  ['new Client("a", { ...unnamed, allowedOrigins: hosts, allowedIpAddresses: hosts });', ONE_KIND],
  [
    'new RotatingClient("a", { type: "JavaScript", allowedOrigins: hosts, allowedIpAddresses: hosts });',
    ONE_KIND,
  ],
  ['new Client("a", { type: "JavaScript", allowedOrigin: hosts });', UNKNOWN],
  ['new Client("a", { ...args, team: "maps" });', UNKNOWN],
  ['new RotatingClient("a", { type: "JavaScript", replaceWhenChanged: { n: 1 } });', UNKNOWN],
  ['new Client("a", { type: "Javascript" });', "Did you mean '\"JavaScript\"'?"],
  [
    'new Client("a", { type: "JavaScript", deletionPolicy: "remove" });',
    '"remove"\' is not assignable to type',
  ],
  ['new Client("a", { type: "JavaScript", allowedOrigins: "acme.com" });', "readonly Input<string>[]"],
  ['new Client("a", { name: "web" });', "'ClientArgs'"],
  ['new Client("a");', "Expected 2-3 arguments"],
  ['new Client("a", undefined, { id: "guid" });', "'undefined'"],
  [
    'new Client(hostsOutput.apply(String), { type: "JavaScript" });',
    "'Output<string>' is not assignable to parameter of type 'string'",
  ],
];

// Most projects are strict without it.
test.each([false, true])(
  "right programs compile; of wrong ones, the first line of the compiler's error says what is wrong (exactOptionalPropertyTypes %p)",
  (exactOptionalPropertyTypes) => {
    const found = firstLines([...RIGHT, ...WRONG.map(([text]) => text)], exactOptionalPropertyTypes);
    const byProgram = (lines: (index: number) => unknown): unknown =>
      Object.fromEntries(
        [...RIGHT, ...WRONG.map(([text]) => text)].map((text, index) => [text, lines(index)]),
      );
    expect(byProgram((index) => found[index])).toEqual(
      byProgram((index) => {
        const reason = WRONG[index - RIGHT.length]?.[1];
        return reason === undefined ? [] : [expect.stringContaining(reason) as string];
      }),
    );
  },
  60_000,
);
