import { readFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../examples/command";

const bench = (...args: readonly string[]) => run(process.execPath, ["scripts/bench.mjs", ...args]);

const folder = mkdtempSync(join(tmpdir(), "bench-test-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Figure {
  readonly part: string;
  readonly step: string;
  readonly subject: string;
  readonly values: readonly number[];
  readonly median: number;
}

test("measures a part, prints it, and writes it as documented", async () => {
  const file = join(folder, "figures.json");
  const { status, output } = await bench("--only", "micro", "--quick", "--runs", "1", "--json", file);
  expect({ status, output }).toMatchObject({ status: 0 });
  expect(output).toContain("entries a second");
  expect(output).toMatch(/The machine was quiet|THE MACHINE WAS BUSY/);
  const report = JSON.parse(readFileSync(file, "utf8")) as { figures: Figure[] };
  expect(report).toMatchObject({
    version: 1,
    measuredAt: expect.any(String) as string,
    subject: { version: expect.any(String) as string, sdk: expect.any(String) as string },
    machine: { quiet: expect.any(Boolean) as boolean, noise: expect.any(Array) as string[] },
    options: { parts: ["micro"], runs: 1, quick: true },
  });
  const figure = report.figures.find(({ step }) => step === "check and diff, 1000 entries");
  expect(figure).toMatchObject({ part: "micro", subject: "addresses", metric: "first call", unit: "ms" });
  expect(figure?.values).toEqual([figure?.median]);
});

test("--help names every option and part, and measures nothing", async () => {
  const { status, output } = await bench("--help");
  expect(status).toBe(0);
  for (const word of [
    "--only",
    "--ordinary",
    "--native",
    "--peer",
    "--svg",
    "BENCH_STEP",
    "micro",
    "engine floor",
    "ordinary floor",
    "native floor",
    "advice",
  ])
    expect(output).toContain(word);
});

test.each([
  [
    ["--only", "speed"],
    '--only does not know "speed": the parts are micro, start, heap, drift, first, engine, advice.\n',
  ],
  [["--runs", "0"], '--runs takes whole numbers from 1, not "0".\n'],
  [["--from", "a.json"], "--from needs --svg FILE: there is nothing else to do.\n"],
  [["--fast"], '"npm run bench -- --help" lists the options.\n'],
])("%j is refused in one sentence", async (args, sentence) => {
  const { status, output } = await bench(...args);
  expect(status).toBe(2);
  expect(output).toMatch(new RegExp(`^.*${sentence.replace(/[".*+?]/g, "\\$&")}$`));
});

const evaluate = (code: string) => run(process.execPath, ["--input-type=module", "--eval", code]);

test("a native plugin that is not built is asked for before anything is measured", async () => {
  const { status, output } = await evaluate(`
    import { builtPlugin } from "./scripts/bench/native/plugin.mjs";
    builtPlugin(${JSON.stringify(folder)});
  `);
  expect(status).toBe(1);
  expect(output).toContain('run "node scripts/bench/native/build.mjs" first');
});

test("several runs make one plot", async () => {
  const files = [10, 100].map((clients) => {
    const key = { part: "engine", step: "up", metric: "wall", unit: "s", clients };
    const figures = [
      { ...key, subject: "ours", latency: 0, values: [1, 2, 3] },
      { ...key, subject: "engine floor", values: [1] },
    ];
    const file = join(folder, `${clients}.json`);
    writeFileSync(file, JSON.stringify({ version: 1, figures }));
    return file;
  });
  const svg = join(folder, "plot.svg");
  expect(await bench("--from", files.join(","), "--svg", svg)).toMatchObject({ status: 0, output: "" });
  const drawn = readFileSync(svg, "utf8");
  expect(drawn).toContain("ours, 0 ms");
  // Two subjects with two sizes each.
  expect(drawn.match(/<circle/g)).toHaveLength(4);
});

test("what the bench did not write is no plot", async () => {
  const file = join(folder, "other.json");
  writeFileSync(file, "{}");
  const { status, output } = await bench("--from", file, "--svg", join(folder, "none.svg"));
  expect([status, output]).toEqual([2, expect.stringContaining("nothing that --json of this bench wrote")]);
});

test("both others are compared with the native floor, where it was measured", async () => {
  const { output } = await evaluate(`
    import { Figures } from "./scripts/bench/figures.mjs";
    import { floorTables } from "./scripts/bench/floor-tables.mjs";
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
