import { existsSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { REPOSITORY, textOf } from "./repository";

/** The folders of the package's own program text; one that is not there has no files. */
export const FOLDERS = ["provider", "sdk", "cli", "emulator"] as const;

/** One file of program text, by its path from the root. */
interface Source {
  readonly path: string;
  readonly tree: ts.SourceFile;
}

/** All files of some folders. */
export function sourcesOf(...folders: readonly string[]): Source[] {
  return folders.flatMap((folder) => {
    if (!existsSync(join(REPOSITORY, folder))) return [];
    return readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.[jt]s$/.test(name))
      .sort()
      .map((name) => source(join(folder, name)));
  });
}

function source(path: string): Source {
  return { path, tree: ts.createSourceFile(path, textOf(path), ts.ScriptTarget.Latest, true) };
}

/** Calls `visit` with every node of a file. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => {
    walk(child, visit);
  });
}

/** What a file imports, types too, in any way: packages by name, files by their path from the root. */
export function importsOf({ path, tree }: Source): string[] {
  const found: string[] = [];
  walk(tree, (node) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined && ts.isStringLiteralLike(specifier))
      found.push(resolved(path, specifier.text));
  });
  return found;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (!ts.isCallExpression(node)) return undefined;
  const callee = node.expression;
  const imports = callee.kind === ts.SyntaxKind.ImportKeyword;
  const requires = ts.isIdentifier(callee) && callee.text === "require";
  return imports || requires ? node.arguments[0] : undefined;
}

function resolved(from: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  const path = relative(REPOSITORY, join(REPOSITORY, dirname(from), specifier)).replace(/\.[jt]s$/, "");
  const candidates = [`${path}.ts`, `${path}.js`, join(path, "index.ts")];
  return candidates.find((candidate) => existsSync(join(REPOSITORY, candidate))) ?? path;
}
