import ts from "typescript";
import { HEADINGS, type Heading } from "../../provider/troubleshooting";
import { textOf } from "../repository";
import { sourcesOf, walk } from "../sources";
import { anchorsIn } from "./links";

const page = textOf("docs/troubleshooting.md");
const sources = sourcesOf("provider", "cli", "sdk");

/** The classes whose constructors want a heading, and ask for one in their types. */
const LEADING = ["UserError", "ThinkGeoError", "ConfigurationError", "PartialFailure", "SettingsError"];

/** Errors that no user is meant to see: defects, and what is caught where it is thrown. */
const INTERNAL = [
  "provider/cloud/api.ts: `${JSON.stringify(id)} cannot be the id of a client.`",
  'provider/cloud/api.ts: "A delete without a client\'s id is never sent."',
  'provider/cloud/transport.ts: "out of time"',
  "provider/hosts/native/functions.ts: `There is no function ${token}.`",
  "provider/hosts/native/provider.ts: `There is no resource of type ${token}.`",
  'provider/model/client.ts: "These inputs have not been checked."',
  'provider/rotation/life.ts: "the inputs of this RotatingClient are not known"',
  'cli/doctor/probe/requests.ts: "The probe touches no client that it did not make."',
  'cli/sweep/removal.ts: "The account was not looked at."',
  // Made again from one that leads, to show no frames.
  "sdk/lookups.ts: error.message",
  // Asked for its frames.
  "sdk/register.ts: ",
];

/** Every `new …Error(…)` and `new …Failure(…)`. */
const constructed = sources.flatMap(({ path, tree }) => {
  const found: { path: string; name: string; argument: string }[] = [];
  walk(tree, (node) => {
    if (!ts.isNewExpression(node) || !ts.isIdentifier(node.expression)) return;
    const name = node.expression.text;
    if (/(?:Error|Failure)$/.test(name))
      found.push({ path, name, argument: node.arguments?.[0]?.getText(tree) ?? "" });
  });
  return found;
});

test("every error that a run can end with leads to a heading of docs/troubleshooting.md", () => {
  expect(constructed.length).toBeGreaterThan(80);
  const others = constructed
    // A command line that is wrong leads to the command's help.
    .filter(({ name }) => !LEADING.includes(name) && name !== "UsageError")
    .map(({ path, argument }) => `${path}: ${argument}`);
  expect(others.filter((error) => !INTERNAL.includes(error))).toEqual([]);
});

test("every heading that a message can lead to is on the page, and every anchor of the page is one of these", () => {
  const anchors = anchorsIn(page);
  expect(HEADINGS.filter((heading) => !anchors.includes(heading))).toEqual([]);
  const given = [...page.matchAll(/<a id="([\w-]+)"><\/a>/g)].map(([, id = ""]) => id);
  expect(given.filter((id) => !HEADINGS.includes(id as Heading))).toEqual([]);
});

test("every heading is led to", () => {
  const literals = new Set<string>();
  for (const { path, tree } of sources)
    if (path !== "provider/troubleshooting.ts")
      walk(tree, (node) => {
        if (ts.isStringLiteral(node)) literals.add(node.text);
      });
  expect(HEADINGS.filter((heading) => !literals.has(heading))).toEqual([]);
});

/** What sources say, without the marks of their strings. */
const said = sources.map(({ tree }) => tree.text.replaceAll(/\\(["'`])/g, "$1")).join("\n");

test("the headings of docs/troubleshooting.md quote messages as they are; … stands for what differs", () => {
  const [ours = ""] = page.split("## Messages of Pulumi, npm and Node.js");
  const quotes = [...ours.matchAll(/^(?:###|Also:) .*$/gm)].flatMap(([line]) =>
    [...line.matchAll(/`([^`]+)`/g)].map(([, quote = ""]) => quote),
  );
  expect(quotes.length).toBeGreaterThan(80);
  expect(quotes.filter((quote) => !quote.split("…").every((part) => said.includes(part)))).toEqual([]);
});
