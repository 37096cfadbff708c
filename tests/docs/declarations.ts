import * as ts from "typescript";
import { textOf } from "../repository";

/** The names of what an interface or class of a file declares itself: properties, accessors and methods, but no private ones. */
export function membersOf(file: string, type: string): string[] {
  const source = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.Latest, true);
  const found = source.statements.find(
    (each): each is ts.InterfaceDeclaration | ts.ClassDeclaration =>
      (ts.isInterfaceDeclaration(each) || ts.isClassDeclaration(each)) && each.name?.text === type,
  );
  if (found === undefined) throw new Error(`${file} has no ${type}.`);
  return [...found.members].flatMap(({ name }) =>
    name === undefined || ts.isPrivateIdentifier(name) ? [] : [name.getText(source)],
  );
}
