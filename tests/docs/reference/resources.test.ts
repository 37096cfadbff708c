import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import * as ts from "typescript";
import { SETTINGS } from "../../../provider/configuration";
import {
  DECLARED_OUTPUTS,
  INPUTS,
  OUTPUTS,
  PROPERTIES,
  type PropertyName,
} from "../../../provider/model/client";
import { SCHEDULE_DEFAULTS } from "../../../provider/model/rotation";
import { parseAddress, parseOrigin, AddressList } from "../../../provider/whitelist";
import { VERDICTS } from "../../../provider/whitelist/allows";
import { NEAR_MISSES } from "../../../provider/whitelist/match";
import { suffixesBelow } from "../../../provider/whitelist/suffixes";
import * as sdk from "../../../sdk";
import { committedFiles, textOf } from "../../repository";
import { membersOf } from "../declarations";
import { codeIn, sectionOf, tableIn } from "../markdown";

const page = textOf("docs/reference/resources.md");

/** The names in the first column of a table. */
const namesIn = (section: string, ...header: readonly string[]): string[] =>
  tableIn(sectionOf(page, section), ...header).flatMap(([cell]) => codeIn(cell));

test("the page names everything that the package exports", () => {
  const exported = [...textOf("sdk/index.ts").matchAll(/export (?:type )?\{([^}]+)\}/g)].flatMap(
    ([, names = ""]) => names.split(",").map((name) => name.trim()),
  );
  expect(exported).toEqual(expect.arrayContaining(Object.keys(sdk)));
  expect(exported.filter((name) => name !== "" && !page.includes(`\`${name}`))).toEqual([]);
});

describe("Client", () => {
  const rows = tableIn(sectionOf(page, "### Client inputs"), "input");
  const WORDS = { update: "in place", replace: "replaces", state: "state only" } as const;

  test("has every input, and no other", () => {
    expect(rows.flatMap(([cell]) => codeIn(cell)).toSorted()).toEqual([...INPUTS].toSorted());
  });

  test.each(INPUTS)("says of %s what holds without it, and what a change does", (name: PropertyName) => {
    const { change, default: standard = "required" } = PROPERTIES[name];
    const [, , documented = "", effect] = rows.find(([cell]) => cell === `\`${name}\``) ?? [];
    expect(documented.replaceAll("`", "")).toBe(standard);
    expect(effect).toBe(change && WORDS[change]);
  });

  test("has every output, and no other", () => {
    const named = namesIn("### Client outputs", "output");
    expect(named.toSorted()).toEqual(["id", ...DECLARED_OUTPUTS, ...OUTPUTS].toSorted());
  });
});

describe("whitelist entries", () => {
  const cases = (heading: string): [entry: string, verdict: string][] =>
    tableIn(sectionOf(page, heading), "entry").flatMap(([cell, accepted = ""]) =>
      codeIn(cell).map((entry): [string, string] => [entry, accepted]),
    );

  test.each(cases("### Origins"))("%s as an origin: %s", (entry, accepted) => {
    expect(parseOrigin(entry).ok).toBe(accepted.startsWith("yes"));
    expect(suffixesBelow(entry).length > 0).toBe(accepted.includes("warning"));
  });

  test.each(cases("### IP addresses"))("%s as an IP address: %s", (entry, accepted) => {
    const parsed = parseAddress(entry);
    expect(parsed.ok && !new AddressList([entry]).restrictsNobody).toBe(accepted.startsWith("yes"));
  });
});

test("every warning on the page is one of the provider's", () => {
  const sources = committedFiles()
    .filter((file) => /^(?:provider|sdk)\/.*\.ts$/.test(file))
    .map(textOf)
    .join("\n");
  const quoted = namesIn("### Warnings", "the warning says");
  expect(quoted.length).toBeGreaterThan(4);
  expect(quoted.filter((quote) => !sources.includes(quote))).toEqual([]);
});

test("every resource option on the page is one of Pulumi's", () => {
  const types = readFileSync(require.resolve("@pulumi/pulumi/resource.d.ts"), "utf8");
  const known = [...types.matchAll(/^ {4}(\w+)\?:/gm)].map(([, name]) => name);
  const named = namesIn("## Resource options", "option");
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((name) => !known.includes(name))).toEqual([]);
});

describe("RotatingClient", () => {
  test("has every input beside those of Client, with the defaults that are used", () => {
    expect(namesIn("### RotatingClient inputs", "input").toSorted()).toEqual(
      membersOf("sdk/args.ts", "RotationArgs").toSorted(),
    );
    const defaults = new Map(
      tableIn(sectionOf(page, "### RotatingClient inputs"), "input").map(([name, , standard]) => [
        codeIn(name)[0],
        standard?.replace(/[`"]/g, ""),
      ]),
    );
    const { overlapDays, retire } = SCHEDULE_DEFAULTS;
    expect(defaults.get("overlapDays")).toBe(String(overlapDays));
    expect(defaults.get("retire")).toBe(retire);
  });

  test("has every output beside those of Client, and every field of its clients", () => {
    const ofClient = membersOf("sdk/client.ts", "Client").filter(
      (name) => name !== "get" && name !== "replaceWhenChanged",
    );
    const all = membersOf("sdk/rotating-client.ts", "RotatingClient");
    expect(all).toEqual(expect.arrayContaining(ofClient));
    const own = all.filter((name) => !ofClient.includes(name));
    const rows = tableIn(sectionOf(page, "### RotatingClient outputs"), "output");
    expect(rows.flatMap(([cell]) => codeIn(cell))).toEqual(own);
    const fieldsOf = (name: string): string[] =>
      codeIn(rows.find(([cell]) => cell === `\`${name}\``)?.[1]).filter((field) => field !== "current");
    expect(fieldsOf("current")).toEqual(membersOf("sdk/rotating-client.ts", "RotatingClientMember"));
    expect(fieldsOf("previous")).toEqual(membersOf("sdk/rotating-client.ts", "PreviousMember"));
  });
});

test("Account has every input, which is a setting of that name", () => {
  const rows = tableIn(sectionOf(page, "## Account"), "input");
  const names = membersOf("sdk/account.ts", "AccountArgs");
  expect(names.toSorted()).toEqual([...SETTINGS].toSorted());
  expect(rows.map(([input, setting]) => [input, setting])).toEqual(
    names.map((name) => [`\`${name}\``, `\`thinkgeo:${name}\``]),
  );
});

describe("functions", () => {
  test("are all there, with the fields of their results", () => {
    expect(namesIn("## Functions", "function").toSorted()).toEqual(
      Object.keys(sdk)
        .filter((name) => name.startsWith("get"))
        .toSorted(),
    );
    const results = tableIn(sectionOf(page, "## Functions"), "result").map(([, fields]) => codeIn(fields));
    const fieldsOf = (type: string): string[] => membersOf("provider/client/lookup-results.ts", type);
    expect(results).toEqual([
      fieldsOf("ClientInfo"),
      fieldsOf("RoleInfo"),
      [...fieldsOf("AccountInfo"), "name", "expiration"],
    ]);
  });

  test("getClient and getClients take what the page says", () => {
    const [one, several] = tableIn(sectionOf(page, "## Functions"), "function").map(([, args]) =>
      codeIn(args),
    );
    expect(one).toEqual(membersOf("sdk/lookups.ts", "GetClientArgs"));
    expect(several).toEqual(membersOf("sdk/lookups.ts", "GetClientsArgs"));
  });
});

describe("whitelistAllows", () => {
  const section = sectionOf(page, "## whitelistAllows");

  test("has every verdict and every kind of near miss", () => {
    const [verdict] = tableIn(section, "result");
    expect(codeIn(verdict?.[1])).toEqual(VERDICTS.map((each) => `"${each}"`));
    expect(namesIn("## whitelistAllows", "kind of near miss").toSorted()).toEqual(
      [...NEAR_MISSES].toSorted(),
    );
  });

  test("has a unit test that passes", () => {
    const [, program = ""] = /```ts\n(import [^]*?)```/.exec(section) ?? [];
    const script = ts.transpile(program, { module: ts.ModuleKind.CommonJS });
    const titles: string[] = [];
    const test = (title: string, body: () => void): void => {
      titles.push(title);
      body();
    };
    runInNewContext(script, { require: () => sdk, exports: {}, test, expect });
    expect(titles).toHaveLength(1);
  });
});
