import { basename } from "node:path";
import ts from "typescript";
import { SHELL } from "../provider/shell";
import manifest from "../package.json";
import { FOLDERS, importsOf, sourcesOf, walk } from "./sources";

const sources = sourcesOf(...FOLDERS);
const edges = sources.flatMap((source) => importsOf(source).map((to) => ({ from: source.path, to })));

const isOf = (name: string, to: string): boolean => to === name || to.startsWith(`${name}/`);
/** Files outside the allowed places that import a package or a folder. */
const strangers = (name: string, allowed: RegExp): string[] =>
  edges
    .filter(({ from, to }) => isOf(name, to) && !allowed.test(from))
    .map(({ from, to }) => `${from} -> ${to}`);

describe("each dependency has its place", () => {
  test.each([
    ["zod", /^(?:provider\/model|cli)\//],
    ["undici", /^provider\/cloud\/transport\.ts$/],
    ["@pulumi/pulumi", /^(?:sdk|provider\/hosts\/native)\//],
    ["tldts", /^provider\/whitelist\/origins\.ts$/],
  ])("%s", (name, allowed) => {
    expect(strangers(name, allowed)).toEqual([]);
    expect(edges.some(({ to }) => isOf(name, to))).toBe(true);
  });

  test("packages that are imported are declared", () => {
    const declared = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)];
    const imported = edges
      .map(({ to }) => to)
      .filter((to) => !to.startsWith("node:") && !/^(?:provider|sdk|cli|emulator|package)\b/.test(to));
    const undeclared = imported.filter((to) => !declared.some((name) => isOf(name, to)));
    expect(undeclared).toEqual([]);
  });
});

describe("imports go one way", () => {
  // Every file is in the first layer that names it; it may import from its own layer and from those before.
  const layers = [
    ["foundations", /^provider\/(?:whitelist\/|(?:versions|shell|naming|text|troubleshooting|urn)\.ts$)/],
    ["model", /^provider\/(?:model\/|configuration\.ts$)/],
    ["cloud", /^provider\/cloud\//],
    ["client", /^provider\/(?:client\/|engine\.ts$)/],
    ["rotation", /^provider\/rotation\//],
    ["hosts", /^provider\/(?:hosts\/|require-node\.ts$)/],
    ["programs", /^(?:sdk|cli)\//],
  ] as const;
  const order: readonly string[] = layers.map(([name]) => name);
  const layerOf = (path: string): number =>
    order.indexOf(layers.find(([, pattern]) => pattern.test(path))?.[0] ?? "");

  test("from the program down to the whitelist, never upward", () => {
    const inside = edges.filter(({ from, to }) => layerOf(from) !== -1 && layerOf(to) !== -1);
    expect(inside.length).toBeGreaterThan(50);
    expect(inside.filter(({ from, to }) => layerOf(to) > layerOf(from))).toEqual([]);
  });

  test("within cloud/: from an endpoint to its exchange, from there to policy and sockets", () => {
    const ranks = [
      ["api"],
      ["exchange"],
      ["token", "explain"],
      ["retry", "transport", "answer", "failure", "time"],
      ["wire-failure", "proxy", "secrets"],
      ["encodings"],
    ];
    const rankOf = (path: string): number =>
      ranks.findIndex((names) => names.includes(basename(path, ".ts")));
    const within = edges.filter(({ from, to }) => isOf("provider/cloud", from) && isOf("provider/cloud", to));
    expect(within.length).toBeGreaterThan(15);
    expect(within.filter(({ from, to }) => rankOf(from) === -1 || rankOf(from) >= rankOf(to))).toEqual([]);
  });

  test.each([
    ["provider/whitelist", /^(?:provider\/(?:whitelist\/|troubleshooting\.ts$)|node:|tldts$)/],
    ["provider/model", /^(?:provider\/(?:model\/|whitelist\/|text\.ts$)|node:|zod$)/],
  ])("%s stands alone", (folder, allowed) => {
    const out = edges.filter(({ from, to }) => isOf(folder, from) && !allowed.test(to));
    expect(out).toEqual([]);
  });

  test("the SDK knows of the provider only the shell's text, how names are generated, what a URN has, where errors lead, and the rules of whitelists, which are pure; look-ups ask the account", () => {
    const known = edges.filter(({ from, to }) => /^sdk\/(?!lookup)/.test(from) && !to.startsWith("sdk/"));
    const files = known.map(({ to }) => to).filter((to) => to.endsWith(".ts"));
    expect(files).toContain("provider/shell.ts");
    expect(
      files.filter(
        (to) => !/^provider\/(?:(?:shell|naming|plain-secret|troubleshooting|urn)\.ts$|whitelist\/)/.test(to),
      ),
    ).toEqual([]);
  });

  test("nothing of HTTP is known above cloud/, and nothing of Pulumi below the SDK", () => {
    expect(edges.filter(({ from, to }) => /^node:https?$/.test(to) && !from.startsWith("emulator/"))).toEqual(
      [],
    );
    expect(
      strangers(
        "provider/cloud/transport.ts",
        /^(?:provider\/(?:cloud\/|client\/connection\.ts)|cli\/(?:doctor|account)\/)/,
      ),
    ).toEqual([]);
  });

  test("no command imports another: what they share has files and folders of its own", () => {
    const commands = ["drift", "export", "doctor", "explain", "sweep", "emulator", "completion"];
    const commandOf = (path: string): string | undefined =>
      commands.find((name) => path === `cli/${name}.ts` || path.startsWith(`cli/${name}/`));
    const toCommands = edges.filter(({ to }) => commandOf(to) !== undefined);
    expect(toCommands.length).toBeGreaterThan(50);
    const between = toCommands.filter(({ from, to }) => commandOf(from) !== commandOf(to));
    expect(new Set(between.map(({ from }) => from))).toEqual(new Set(["cli/main.ts"]));
  });

  test("the emulator and the provider know nothing of each other", () => {
    const out = edges.filter(
      ({ from, to }) => from.startsWith("emulator/") && /^(?:provider|sdk|cli)\//.test(to),
    );
    expect(out).toEqual([]);
    expect(strangers("emulator", /^(?:emulator|cli)\//)).toEqual([]);
  });

  test("without a circle", () => {
    const next = new Map(sources.map(({ path }) => [path, [] as string[]]));
    for (const { from, to } of edges) if (next.has(to)) next.get(from)?.push(to);
    const done = new Set<string>();
    const circles: string[] = [];
    const follow = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(" -> "));
      if (done.has(path) || trail.includes(path)) return;
      for (const to of next.get(path) ?? []) follow(to, [...trail, path]);
      done.add(path);
    };
    for (const { path } of sources) follow(path, []);
    expect(circles).toEqual([]);
  });
});

describe("house style", () => {
  test("no file is named after having no subject", () => {
    const named = sources.filter(({ path }) => /^(?:utils?|helpers?|common|misc)\b/.test(basename(path)));
    expect(named.map(({ path }) => path)).toEqual([]);
  });

  test("the provider and the SDK write to no console, and nothing exports a default", () => {
    const found: string[] = [];
    for (const { path, tree } of sources) {
      walk(tree, (node) => {
        const isConsole =
          ts.isIdentifier(node) && node.text === "console" && /^(?:provider|sdk)\//.test(path);
        if (isConsole || ts.isExportAssignment(node)) found.push(`${path}: ${node.parent.getText()}`);
      });
    }
    expect(found).toEqual([]);
  });
});

test("the text that enters state never changes", () => {
  expect(SHELL).toBe('exports.handler = () => require("pulumi-thinkgeo/runtime").provider;');
});
