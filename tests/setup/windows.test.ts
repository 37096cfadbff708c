import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { committedFiles, REPOSITORY, textOf } from "../repository";

/* What can be said of Windows on another system: nothing here was run on it. */

/** What an expression over modules of the set-up is. */
function valueOf(expression: string): unknown {
  const imports = ["startable", "terminal"].map(
    (name) => `import * as ${name} from ${JSON.stringify(join(REPOSITORY, "scripts/setup", `${name}.mjs`))};`,
  );
  const script = `${imports.join("\n")}\nprocess.stdout.write(JSON.stringify(${expression}));`;
  return JSON.parse(
    execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }),
  ) as unknown;
}

describe("what is started", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "thinkgeo-windows-"));
    for (const name of ["bin", "nodejs"]) mkdirSync(join(folder, name));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** The file that npm makes for a command. */
  const shim = (name: string, target: string): void => {
    const text = `@ECHO off\r\nSETLOCAL\r\nendLocal & goto #_undefined_# 2>NUL || title %COMSPEC% & "%_prog%"  "%dp0%\\${target}" %*\r\n`;
    writeFileSync(join(folder, "bin", `${name}.cmd`), text, { mode: 0o755 });
  };
  const program = (name: string): string => {
    const file = join(folder, "nodejs", name);
    writeFileSync(file, "", { mode: 0o755 });
    return file;
  };
  const started = (command: string, ...args: readonly string[]): unknown => {
    const environment = { PATH: ["bin", "nodejs"].map((name) => join(folder, name)).join(delimiter) };
    return valueOf(
      `startable.startable(${[command, args, environment, true].map((each) => JSON.stringify(each)).join()})`,
    );
  };

  test("an .exe is itself", () => {
    const pulumi = program("pulumi.exe");
    expect(started("pulumi", "up", "--message", 'a "b" & c')).toEqual([
      pulumi,
      "up",
      "--message",
      'a "b" & c',
    ]);
  });

  test("of a command that npm installed, its script is started, and no shell reads the arguments", () => {
    const node = program("node.exe");
    shim("jest", "..\\jest\\bin\\jest.js");
    expect(started("jest", "-t", "host bits")).toEqual([
      node,
      join(folder, "jest/bin/jest.js"),
      "-t",
      "host bits",
    ]);
  });

  test("the Node.js that the npm package brings", () => {
    shim("node", "..\\node\\bin\\node.exe");
    expect(started("node", "a b.mjs")).toEqual([join(folder, "node/bin/node.exe"), "a b.mjs"]);
  });

  test("what is not there is left to the error that follows", () => {
    expect(started("nothing", "a")).toEqual(["nothing", "a"]);
  });
});

test("elsewhere nothing is changed", () => {
  expect(valueOf('startable.startable("jest", ["a b"], {}, false)')).toEqual(["jest", "a b"]);
});

test("no signal is passed on, since Windows would end the child by it; elsewhere those that no terminal sends are", () => {
  const signals = '["SIGINT", "SIGTERM", "SIGHUP"]';
  expect(valueOf(`${signals}.map((signal) => terminal.reachedChildren(signal, true))`)).toEqual([
    true,
    true,
    true,
  ]);
  expect(valueOf(`${signals}.slice(1).map((signal) => terminal.reachedChildren(signal, false))`)).toEqual([
    false,
    false,
  ]);
});

test("nothing is started by a shell", () => {
  const sources = committedFiles().filter((file) =>
    /^(?:scripts|cli|provider|emulator)\/.*\.(?:mjs|ts)$/.test(file),
  );
  expect(sources.length).toBeGreaterThan(200);
  expect(sources.filter((file) => /\bshell: (?:true|windows|process)/.test(textOf(file)))).toEqual([]);
});
