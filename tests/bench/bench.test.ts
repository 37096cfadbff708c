import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { run } from "../examples/command";

const bench = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  run(process.execPath, ["scripts/bench.mjs", ...args], environment);
const evaluate = (code: string) => run(process.execPath, ["--input-type=module", "--eval", code]);

const folder = mkdtempSync(join(tmpdir(), "bench-test-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Figure {
  readonly part: string;
  readonly step: string;
  readonly subject: string;
  readonly metric: string;
  readonly values: readonly number[];
  readonly median: number;
}

/** Runs the bench for real, and reads what it wrote. */
async function figuresOf(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const file = join(folder, "figures.json");
  const { status, output } = await bench([...args, "--json", file], environment);
  expect({ status, output }).toMatchObject({ status: 0 });
  expect(output).toMatch(/The machine was quiet|THE MACHINE WAS BUSY/);
  const report = JSON.parse(readFileSync(file, "utf8")) as { figures: readonly Figure[] };
  return { output, report, figures: report.figures };
}

test("--quick measures the parts that need no engine, prints them, and writes them as documented", async () => {
  const { output, report, figures } = await figuresOf(["--quick", "--only", "micro,start,drift"]);
  expect(output).toContain("entries a second");
  expect(report).toMatchObject({
    version: 1,
    measuredAt: expect.any(String) as string,
    subject: { version: expect.any(String) as string, sdk: expect.any(String) as string },
    machine: { quiet: expect.any(Boolean) as boolean, noise: expect.any(Array) as string[] },
    options: { parts: ["micro", "start", "drift"], runs: 1, quick: true },
  });
  expect(new Set(figures.map(({ part }) => part))).toEqual(new Set(["micro", "start", "drift"]));
  const figure = figures.find(({ step }) => step === "check and diff, 1000 entries");
  expect(figure).toMatchObject({ subject: "addresses", metric: "first call", unit: "ms" });
  expect(figure?.values).toEqual([figure?.median]);
});

/** A `pulumi` that does nothing, and exports a stack with one resource: what is tested is the bench, not the engine. */
function enginesStandIn(): string {
  const tools = join(folder, "tools");
  mkdirSync(tools);
  const resource = { type: "x", urn: "urn:pulumi:bench::bench::x::x", inputs: {}, outputs: {} };
  const exported = JSON.stringify({ version: 3, deployment: { resources: [resource] } });
  writeFileSync(
    join(tools, "pulumi"),
    `#!/bin/sh\ncase "$*" in\n*"stack export"*) echo '${exported}' ;;\n*"config"*) echo '{}' ;;\nesac\n`,
  );
  chmodSync(join(tools, "pulumi"), 0o755);
  return tools;
}

test("the part engine lives through every step of ours, of the floors and of a peer", async () => {
  const few = ["--only", "engine", "--quick", "--sizes", "2", "--latency", "0"];
  const { figures } = await figuresOf([...few, "--peer", 'test "$BENCH_CLIENTS" = 2'], {
    PATH: `${enginesStandIn()}${delimiter}${process.env["PATH"] ?? ""}`,
  });
  const walls = figures.filter(({ metric }) => metric === "wall");
  const stepsOf = (subject: string) =>
    walls.filter((figure) => figure.subject === subject).map(({ step }) => step);
  expect(stepsOf("ours")).toEqual(["up", "noop", "refresh", "drift", "update", "destroy"]);
  expect(stepsOf("engine floor")).toEqual(["up", "noop", "refresh", "update", "destroy"]);
  expect(stepsOf("wire floor")).toEqual(["up", "refresh", "update", "destroy"]);
  expect(stepsOf("peer")).toEqual(["up", "noop", "drift", "update", "destroy"]);
  const [requests] = figures.filter(
    ({ subject, step, metric }) => [subject, step, metric].join() === "wire floor,update,requests",
  );
  // A token, the list of roles, and two for each client.
  expect(requests?.values).toEqual([6]);
});

test("--help names every option and part, and measures nothing", async () => {
  const { status, output } = await bench(["--help"]);
  expect(status).toBe(0);
  const options = ["--only", "--quick", "--runs", "--sizes", "--accounts", "--latency", "--parallel"];
  const others = ["--ordinary", "--same-state", "--native", "--peer", "--json", "BENCH_STEP"];
  for (const word of [...options, ...others, "micro", "start", "drift", "engine", "native floor"])
    expect(output).toContain(word);
});

test.each([
  [["--only", "speed"], '--only does not know "speed": the parts are micro, start, drift, engine.\n'],
  [["--runs", "0"], '--runs takes whole numbers from 1, not "0".\n'],
  [["--fast"], '"npm run bench -- --help" lists the options.\n'],
])("%j is refused in one sentence", async (args, sentence) => {
  const { status, output } = await bench(args);
  expect(status).toBe(2);
  expect(output).toMatch(new RegExp(`^.*${sentence.replace(/[".*+?]/g, "\\$&")}$`));
});

test("a native plugin that is not built is asked for before anything is measured", async () => {
  const { status, output } = await evaluate(`
    import { builtPlugin } from "./scripts/bench/native/build.mjs";
    builtPlugin(${JSON.stringify(folder)});
  `);
  expect(status).toBe(1);
  expect(output).toContain('run "node scripts/bench/native/build.mjs" first');
});

test("both others are compared with the native floor, where it was measured", async () => {
  const { output } = await evaluate(`
    import { Figures } from "./scripts/bench/figures.mjs";
    import { floorTables } from "./scripts/bench/engine-tables.mjs";
    const figures = new Figures();
    const add = (subject, latency, wall) => {
      const key = { part: "engine", step: "up", subject, unit: "s", clients: 10, ...latency };
      figures.add({ ...key, metric: "wall" }, wall);
      figures.add({ ...key, metric: "cpu" }, wall * 2);
    };
    add("ours", { latency: 0 }, 3);
    add("engine floor", {}, 2.5);
    console.log(JSON.stringify(floorTables(figures, 0)));
    add("native floor", {}, 2);
    console.log(floorTables(figures, 0)[0]);
  `);
  expect(output).toMatch(/^\[\]\n/);
  expect(output).toMatch(/^10 +up +2 +1\.25 +1\.50 +4 +1\.25 +1\.50$/m);
});
