import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { endOf } from "../end-of";
import { BIN } from "../repository";
import { startEmulator, switchValues } from "../../emulator/index";
import { request } from "../emulator/support";

const run = (...args: string[]): ChildProcess => spawn(process.execPath, [BIN, "emulator", ...args]);

async function firstWords(child: ChildProcess): Promise<string> {
  const [words] = (await once(child.stdout ?? child, "data")) as [Buffer];
  return words.toString();
}

test.each(["SIGINT", "SIGTERM"] as const)("prints what to export, and ends with 0 on %s", async (signal) => {
  const child = run("--port", "0", "--accounts", "2");
  expect(await firstWords(child)).toMatch(
    /^# ThinkGeo Cloud is emulated on (http:\/\/127\.0\.0\.1:\d+).*\n# .*: \1\/clients\.html\n.*\nexport THINKGEO_API_URL='\1'\nexport THINKGEO_CLIENT_ID='[\w~-]{44}'\nexport THINKGEO_CLIENT_SECRET='[\w~-]{56}'\n# Account 2\nexport /,
  );
  const ended = once(child, "exit");
  child.kill(signal);
  expect(await ended).toEqual([0, null]);
});

test("--json says it on one line; switches and the number of accounts are set", async () => {
  const args = ["--switch", "softDelete=true", "--switch", "listCap=1", "--accounts", "3"];
  const child = run("--port", "0", "--json", ...args);
  const started = JSON.parse(await firstWords(child)) as { url: string; accounts: unknown[] };
  const credentials = { id: expect.any(String) as string, operatorId: expect.any(String) as string };
  expect(started).toEqual({
    version: 1,
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
    pid: child.pid,
    accounts: Array(3).fill({
      ...credentials,
      clientId: expect.stringMatching(/^[\w~-]{44}$/) as string,
      clientSecret: expect.stringMatching(/^[\w~-]{56}$/) as string,
    }),
  });
  const { json } = await request(`${started.url}/emulator/switches`);
  expect(json).toMatchObject({ softDelete: true, listCap: 1 });
  child.kill();
  await once(child, "exit");
});

test("--help names every option and switch", async () => {
  const { code, out } = await endOf(run("--help"));
  expect(code).toBe(0);
  for (const name of ["--port", "--data", "--accounts", "--switch", "--json", ...switchValues.keys()]) {
    expect(out).toContain(name);
  }
});

const SEE = "See docs/troubleshooting.md#emulator-start in the package pulumi-thinkgeo.\n";

describe("what is wrong is one sentence and exit code 2", () => {
  test.each([
    [["--port", "70000"], '--port: takes a whole number from 0 to 65535, not "70000".'],
    [["--accounts", "none"], '--accounts: takes a whole number from 1 to 1000, not "none".'],
    [["--switch", "nonsense=1"], 'There is no switch called "nonsense".'],
    [["--colour"], "Unknown option '--colour'"],
    [["--data", "/nowhere/at/all.json"], "The folder of the data file /nowhere/at/all.json does not exist."],
  ])("%j", async (args, sentence) => {
    const { code, out, err } = await endOf(run("--port", "0", ...args));
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err.replace(SEE, "").trim().split("\n")).toHaveLength(1);
  });

  test("a port in use", async () => {
    const emulator = await startEmulator();
    const { port } = new URL(emulator.url);
    expect(await endOf(run("--port", port))).toEqual({
      code: 2,
      out: "",
      err: `Port ${port} is in use. Take another one with --port, or --port 0 for any.\n${SEE}`,
    });
    await emulator.close();
  });
});
