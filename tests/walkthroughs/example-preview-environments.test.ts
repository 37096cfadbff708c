import { spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "js-yaml";
import { REPOSITORY } from "../repository";
import { startEmulator, type Client, type Emulator } from "../../emulator";
import { endOf } from "../end-of";
import { projectModules } from "../pipelines/project-modules";
import { githubCommands, PREVIEWS } from "../pipelines/workflow";
import { QUICK_NODE, UNCHECKED, WITHOUT_PREVIEW } from "../examples/command";

jest.setTimeout(300_000);

const PROGRAM = ["index.ts", "package.json", "Pulumi.yaml", "tsconfig.json"];

interface Ran {
  readonly codes: readonly (number | null)[];
  readonly out: string;
}

/** Noon, so many days ago, as GitHub writes it. */
const noon = (daysAgo: number): string =>
  `${new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10)}T12:00:00Z`;
const nameOf = (number: number, pushed: string): string => `pr-${number}-${pushed.slice(0, 10)}`;

/** The tests tell one story, in their order: the very commands of the workflow, each job in a checkout of its own. */
describe("examples/preview-environments", () => {
  const place = mkdtempSync(join(tmpdir(), "thinkgeo-previews-"));
  const modules = projectModules();
  const longAgo = noon(20);
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await startEmulator();
    for (const folder of ["state", "tools"]) mkdirSync(join(place, folder));
    // GitHub's answer is whatever the test wrote last.
    writeFileSync(join(place, "tools/gh"), `#!/bin/sh\ncat "${place}/$3.state"\n`);
    chmodSync(join(place, "tools/gh"), 0o755);
  });
  afterAll(async () => {
    await emulator.close();
    for (const folder of [place, modules]) rmSync(folder, { recursive: true, force: true });
  });

  const keys = (): Client[] => emulator.accounts[0].clients().filter(({ name }) => name.startsWith("pr-"));
  const names = (): string[] =>
    keys()
      .map(({ name }) => name)
      .sort();
  const pulls = (states: Readonly<Record<number, "OPEN" | "CLOSED" | "MERGED">>): void => {
    for (const [number, state] of Object.entries(states))
      writeFileSync(join(place, `${number}.state`), `${state}\n`);
  };

  /** A fresh checkout, as every job has one: no Pulumi.<stack>.yaml of an earlier job is there. */
  async function inCheckout<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const folder = mkdtempSync(join(place, "checkout-"));
    for (const file of PROGRAM)
      cpSync(join(REPOSITORY, "examples/preview-environments", file), join(folder, file));
    symlinkSync(modules, join(folder, "node_modules"), "junction");
    try {
      return await work(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async function shell(
    folder: string,
    script: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Ran> {
    const { PATH = "", HOME = "" } = process.env;
    const env = {
      HOME,
      ...emulator.accounts[0].environment,
      PATH: `${join(place, "tools")}:${PATH}`,
      PULUMI_HOME: join(place, "home"),
      PULUMI_BACKEND_URL: `file://${join(place, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "example",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      GITHUB_ENV: join(place, "github-env"),
      ...QUICK_NODE,
      ...UNCHECKED,
      ...WITHOUT_PREVIEW,
      ...more,
    };
    const { code, out, err } = await endOf(spawn("bash", ["-e", "-c", script], { cwd: folder, env }));
    return { codes: [code], out: out + err };
  }

  const job = (name: string, event: string, more: Readonly<Record<string, string>> = {}): Promise<Ran> =>
    inCheckout(async (folder) => {
      let [codes, out]: [(number | null)[], string] = [[], ""];
      for (const command of githubCommands(name, PREVIEWS, event)) {
        const ran = await shell(folder, command, more);
        codes = [...codes, ...ran.codes];
        out += ran.out;
        if (ran.codes[0] !== 0) break;
      }
      return { codes, out };
    });
  const up = (number: number, pushed: string): Promise<Ran> =>
    job("up", "pull_request", { STACK: `pr-${number}`, PUSHED: pushed });
  const down = (number: number): Promise<Ran> => job("down", "pull_request", { STACK: `pr-${number}` });
  const stacks = async (): Promise<string[]> => {
    const { out } = await inCheckout((folder) => shell(folder, "pulumi stack ls --json"));
    return (JSON.parse(out) as { name: string }[]).map(({ name }) => name).sort();
  };

  test("without the stack that is always there, nothing is swept", async () => {
    emulator.accounts[0].addClient({ name: nameOf(1, longAgo) });
    const { codes, out } = await job("sweep", "schedule");
    expect(codes).toEqual([0, 2]);
    expect(out).toContain('Keep one stack that is never removed ("pulumi stack init placeholder")');
    expect(names()).toEqual([nameOf(1, longAgo)]);
    emulator.accounts[0].deleteClient(nameOf(1, longAgo));
    const { codes: made } = await inCheckout((folder) => shell(folder, "pulumi stack init placeholder"));
    expect(made).toEqual([0]);
  });

  test("a key for each of two pull requests, for its own host only", async () => {
    for (const number of [13, 14]) {
      const { codes, out } = await up(number, longAgo);
      expect([codes, out]).toEqual([
        [0, 0, 0],
        expect.stringContaining(`https://pr-${number}.preview.acme.com`),
      ]);
    }
    expect(keys()).toMatchObject(
      [13, 14].map((number) => ({
        name: nameOf(number, longAgo),
        clientType: "JavaScript",
        grantedRoles: ["Evaluator"],
        allowedOrigins: [`pr-${number}.preview.acme.com`],
      })),
    );
    const key = emulator.accounts[0].client(nameOf(14, longAgo))?.apiKey ?? "";
    expect(readFileSync(join(place, "github-env"), "utf8")).toContain(`THINKGEO_API_KEY=${key}\n`);
  });

  test("a later push renames it, and the key stays", async () => {
    const before = emulator.accounts[0].client(nameOf(13, longAgo));
    expect((await up(13, noon(10))).codes).toEqual([0, 0, 0]);
    expect(emulator.accounts[0].client(before?.id ?? "")).toEqual({ ...before, name: nameOf(13, noon(10)) });
    expect(keys()).toHaveLength(2);
  });

  test("a stack removed without destroy leaves its key; a dry run names exactly that one, and the night deletes it", async () => {
    await inCheckout((folder) => shell(folder, "pulumi stack rm pr-14 --force --yes"));
    const left = emulator.accounts[0].client(nameOf(14, longAgo));
    pulls({ 13: "OPEN" });
    emulator.clearRequests();
    const shown = await job("sweep", "workflow_dispatch");
    expect(shown.codes).toEqual([0]);
    expect(shown.out.match(/^delete .*/gm)).toEqual([
      expect.stringContaining(`${left?.name ?? ""}  ${left?.id ?? ""}`),
    ]);
    expect(shown.out).toContain("It is owned by page in pr-13.");
    expect(emulator.requests({ method: "DELETE" })).toEqual([]);
    expect(names()).toEqual([nameOf(13, noon(10)), nameOf(14, longAgo)]);

    expect((await job("sweep", "schedule")).codes).toEqual([0, 0]);
    expect(emulator.requests({ method: "DELETE" }).map(({ query }) => query)).toEqual([
      { clientIds: [left?.id] },
    ]);
    expect(names()).toEqual([nameOf(13, noon(10))]);
  });

  test("a pull request that was closed without a run loses its key and its stack in the night; an open one keeps both, and so does one that GitHub says nothing of", async () => {
    await up(15, noon(0));
    await inCheckout((folder) => shell(folder, "pulumi stack init pr-12"));
    pulls({ 13: "OPEN", 15: "MERGED" });
    const { codes, out } = await job("sweep", "schedule");
    expect(codes).toEqual([1]);
    expect(out).toContain("::error::Not removed, see above: pr-12\n");
    expect(names()).toEqual([nameOf(13, noon(10))]);
    expect(await stacks()).toEqual(["placeholder", "pr-12", "pr-13"]);

    pulls({ 12: "CLOSED" });
    expect((await job("sweep", "schedule")).codes).toEqual([0, 0]);
    expect(await stacks()).toEqual(["placeholder", "pr-13"]);
  });

  test("a stack that is not named after a pull request is refused", async () => {
    const { codes, out } = await job("up", "pull_request", { STACK: "production", PUSHED: longAgo });
    expect(codes).toEqual([0, expect.any(Number)]);
    expect(out).toContain("is named after its pull request");
    expect(names()).toHaveLength(1);
  });

  test("closed: the key and the stack are gone", async () => {
    expect((await down(13)).codes).toEqual([0]);
    expect(names()).toEqual([]);
    expect(await stacks()).toEqual(["placeholder", "production"]);
  });
});

describe("its workflow", () => {
  interface Job {
    readonly if: string;
    readonly concurrency: { readonly group: string; readonly "cancel-in-progress": boolean };
  }
  const { on, jobs } = load(readFileSync(PREVIEWS, "utf8")) as {
    on: Record<string, { types?: string[] } | null>;
    jobs: Record<string, Job>;
  };

  test("runs for what happens to a pull request, never with the secrets of another's code", () => {
    expect(Object.keys(on)).toEqual(["pull_request", "schedule", "workflow_dispatch"]);
    expect(on["pull_request"]?.types).toEqual(["opened", "reopened", "synchronize", "closed"]);
    for (const name of ["up", "down"])
      expect(jobs[name]?.if).toContain("github.event.pull_request.head.repo.full_name == github.repository");
  });

  test("has one run at a time for each pull request, and cuts none off", () => {
    const group = "preview-${{ github.event.pull_request.number }}";
    for (const name of ["up", "down"])
      expect(jobs[name]?.concurrency).toEqual({ group, "cancel-in-progress": false });
  });
});
