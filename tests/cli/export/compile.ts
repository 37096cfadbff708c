import { join } from "node:path";
import ts from "typescript";
import { REPOSITORY } from "../../repository";

/* A folder that need not exist: what is looked for in node_modules is found in the repository's. */
const FOLDER = join(REPOSITORY, "tests/cli/export/virtual");

/* What is on disk does not change while the tests run: libraries and the SDK are parsed once. */
const parsedOnce = new Map<string, ts.SourceFile | undefined>();

/** What the compiler has against a project, under its own tsconfig.json or else under strict. */
export function diagnose(files: Readonly<Record<string, string>>): string[] {
  const texts = new Map(Object.entries(files).map(([path, text]) => [join(FOLDER, path), text]));
  const config = JSON.parse(files["tsconfig.json"] ?? '{"compilerOptions":{"strict":true}}') as unknown;
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, FOLDER);
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ["node"],
    skipLibCheck: true,
    noEmit: true,
    ...parsed.options,
    // The sources of the package itself: dist/ may be older.
    paths: { "pulumi-thinkgeo": [join(REPOSITORY, "sdk/index.ts")] },
  };
  delete options.rootDir;
  const disk = ts.createCompilerHost(options);
  const host = ts.createCompilerHost(options);
  host.directoryExists = (path) => path === FOLDER || disk.directoryExists?.(path) === true;
  host.readFile = (path) => texts.get(path) ?? disk.readFile(path);
  host.fileExists = (path) => texts.has(path) || disk.fileExists(path);
  host.getSourceFile = (path, how, ...rest) => {
    const text = texts.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true);
    const key = JSON.stringify([path, typeof how === "object" ? how.impliedNodeFormat : how]);
    if (!parsedOnce.has(key)) parsedOnce.set(key, disk.getSourceFile(path, how, ...rest));
    return parsedOnce.get(key);
  };
  const program = ts.createProgram([join(FOLDER, "index.ts")], options, host);
  // The project's own files only: this repository's are the lint's to check.
  const own = [...texts.keys()].flatMap((path) => program.getSourceFile(path) ?? []);
  return [program.getOptionsDiagnostics(), ...own.map((file) => ts.getPreEmitDiagnostics(program, file))]
    .flat()
    .map(
      ({ messageText, file }) =>
        `${file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
}
