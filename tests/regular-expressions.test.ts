import { checkSync } from "recheck";
import ts from "typescript";
import { sourcesOf, walk } from "./sources";

const literals = sourcesOf("provider", "sdk", "cli", "policy").flatMap(({ path, tree }) => {
  const found: [literal: string, path: string][] = [];
  walk(tree, (node) => {
    if (ts.isRegularExpressionLiteral(node)) found.push([node.text, path]);
  });
  return found;
});

const judge = (literal: string): string => {
  const end = literal.lastIndexOf("/");
  const found = checkSync(literal.slice(1, end), literal.slice(end + 1));
  return found.status === "vulnerable" ? `${found.status}: ${found.complexity.summary}` : found.status;
};

test("the judge knows a bad one", () => {
  expect(judge("/^(a+)+$/")).toBe("vulnerable: exponential");
});

test("there are regular expressions to judge", () => {
  expect(literals.length).toBeGreaterThan(40);
});

test.each(literals)("%s in %s takes time that grows with the text, not with its square", (literal) => {
  expect(judge(literal)).toBe("safe");
});

test("none is made from text at run time", () => {
  const made: string[] = [];
  for (const { path, tree } of sourcesOf("provider", "sdk", "cli", "policy")) {
    walk(tree, (node) => {
      if (ts.isIdentifier(node) && node.text === "RegExp") made.push(path);
    });
  }
  expect(made).toEqual([]);
});
