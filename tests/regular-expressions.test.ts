import { runInNewContext } from "node:vm";
import { checkSync } from "recheck";
import ts from "typescript";
import { FOLDERS, sourcesOf, walk } from "./sources";

const literals = sourcesOf(...FOLDERS).flatMap(({ path, tree }) => {
  const found: [literal: string, path: string][] = [];
  walk(tree, (node) => {
    if (ts.isRegularExpressionLiteral(node)) found.push([node.text, path]);
  });
  return found;
});

const LONGEST_JUDGEMENT_MS = 60_000;
const LONGEST_ATTACK_MS = 1_000;

/**
 * What reads a regular expression as an automaton knows. What cannot (look-around, size) guesses, by counting steps, and
 * differently each time, so its attacks are tried: a square of their length takes minutes.
 */
const judge = (literal: string): string => {
  const end = literal.lastIndexOf("/");
  const [source, flags] = [literal.slice(1, end), literal.slice(end + 1)];
  const found = checkSync(source, flags, { timeout: LONGEST_JUDGEMENT_MS });
  if (found.status !== "vulnerable") return found.status;
  if (found.checker === "fuzz" && endsSoon(literal, found.attack.string)) return "safe";
  return `${found.status}: ${found.complexity.summary}`;
};

function endsSoon(literal: string, text: string): boolean {
  try {
    runInNewContext(`text.replace(${literal}, "")`, { text }, { timeout: LONGEST_ATTACK_MS });
    return true;
  } catch {
    return false;
  }
}

test("the judge knows a bad one", () => {
  expect(judge("/^(a+)+$/")).toBe("vulnerable: exponential");
  expect(judge("/a+$/")).toBe("vulnerable: 2nd degree polynomial");
  expect(judge("/(?<!b)(?:a|ab?)+$/")).toContain("(fuzz)");
});

test("there are regular expressions to judge", () => {
  expect(literals.length).toBeGreaterThan(40);
});

test.each(literals)(
  "%s in %s takes time that grows with the text, not with its square",
  (literal) => {
    expect(judge(literal)).toBe("safe");
  },
  2 * LONGEST_JUDGEMENT_MS,
);

test("none is made from text at run time, but where a policy pack's configuration says it, with a time limit", () => {
  const made = new Set<string>();
  for (const { path, tree } of sourcesOf("provider", "sdk", "cli")) {
    walk(tree, (node) => {
      const isValue = ts.isIdentifier(node) && !ts.isTypeReferenceNode(node.parent);
      if (isValue && node.text === "RegExp") made.add(path);
    });
  }
  expect([...made]).toEqual(["sdk/policy/rule.ts"]);
});
