import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, switchValues } from "../../emulator/index";
import { compileEmulator } from "./compiled";
import { Api, askToken, itemsIn, request, tokenOf, type Answer } from "./support";

const compiled = compileEmulator();
afterAll(compiled.remove);

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly accounts: readonly { clientId: string; clientSecret: string }[];
}

const run = (...args: string[]): ChildProcess => spawn(process.execPath, [compiled.main, ...args]);

async function start(...args: string[]): Promise<Started> {
  const child = run("--port", "0", "--json", ...args);
  const [line] = (await once(child.stdout ?? child, "data")) as [Buffer];
  return { child, ...(JSON.parse(line.toString()) as Omit<Started, "child">) };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<unknown[]> {
  const gone = once(child, "exit");
  child.kill(signal);
  return gone;
}

async function outcome(child: ChildProcess): Promise<{ code: unknown; out: string; err: string }> {
  let [out, err] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, "close")) as [unknown];
  return { code, out, err };
}

async function post({ url, accounts: [first] }: Started, token: string, name: string): Promise<Answer> {
  expect(first).toBeDefined();
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return request(`${url}/api/v1/clients`, { method: "POST", headers, body: JSON.stringify({ name }) });
}

async function tokenFrom({ url, accounts: [first] }: Started): Promise<string> {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: first?.clientId ?? "",
    client_secret: first?.clientSecret ?? "",
  });
  return String(
    (await request(`${url}/identity/connect/token`, { method: "POST", body })).json?.["access_token"],
  );
}

test("prints what to export, and ends cleanly on Ctrl-C or termination", async () => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    const child = run("--port", "0", "--accounts", "2");
    const [line] = (await once(child.stdout ?? child, "data")) as [Buffer];
    expect(line.toString()).toMatch(
      /^# ThinkGeo Cloud is emulated on (http:\/\/127\.0\.0\.1:\d+).*\n# .*: \1\/clients\.html\n.*\nexport THINKGEO_API_URL='\1'\nexport THINKGEO_CLIENT_ID='[\w~-]{44}'\nexport THINKGEO_CLIENT_SECRET='[\w~-]{56}'\n# Account 2\nexport /,
    );
    expect(await stop(child, signal)).toEqual([0, null]);
  }
});

test("a kill at any moment loses nothing that was answered: same credentials, clients and tokens", async () => {
  const data = join(compiled.folder, "cloud.json");
  const first = await start("--data", data);
  const token = await tokenFrom(first);
  const answered: string[] = [];
  const posting = (async () => {
    for (let number = 0; ; number += 1) {
      const answer = await post(first, token, `client ${number}`).catch(() => undefined);
      if (answer?.status !== 200) return;
      answered.push(`client ${number}`);
    }
  })();
  while (answered.length < 20) await new Promise((resume) => setTimeout(resume, 2));
  await stop(first.child, "SIGKILL");
  await posting;

  const second = await start("--data", data);
  expect(second.accounts).toEqual(first.accounts);
  const headers = { authorization: `Bearer ${token}` };
  const answer = await request(`${second.url}/api/v1/clients`, { headers });
  expect(answer.status).toBe(200);
  const names = (itemsIn(answer) as { name: string }[]).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(answered));
  expect(names.length - 3).toBeLessThanOrEqual(answered.length + 1);
  expect(await tokenFrom(second)).toMatch(/^ey/);
  await stop(second.child, "SIGTERM");
  expect(readdirSync(compiled.folder)).not.toContain("cloud.json.new");
});

test("switches and the number of accounts", async () => {
  const started = await start("--switch", "softDelete=true", "--switch", "listCap=1", "--accounts", "3");
  expect(started.accounts).toHaveLength(3);
  const { json } = await request(`${started.url}/emulator/switches`);
  expect(json).toMatchObject({ softDelete: true, listCap: 1 });
  await stop(started.child, "SIGTERM");
});

test("--help names every option and switch", async () => {
  const { code, out } = await outcome(run("--help"));
  expect(code).toBe(0);
  for (const name of ["--port", "--data", "--accounts", "--switch", "--json", ...switchValues.keys()]) {
    expect(out).toContain(name);
  }
});

describe("what is wrong is one sentence and exit code 2", () => {
  test.each([
    [["--port", "70000"], '--port takes a whole number from 0 to 65535, not "70000".'],
    [["--accounts", "none"], "--accounts takes a whole number from 1 to 1000"],
    [["--switch", "nonsense=1"], 'There is no switch called "nonsense".'],
    [["--colour"], "Unknown option '--colour'"],
    [["--data", "/nowhere/at/all.json"], "The folder of the data file /nowhere/at/all.json does not exist."],
  ])("%j", async (args, sentence) => {
    const { code, out, err } = await outcome(run("--port", "0", ...args));
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
  });

  test("a port in use", async () => {
    const emulator = await startEmulator();
    const { port } = new URL(emulator.url);
    expect(await outcome(run("--port", port))).toEqual({
      code: 2,
      out: "",
      err: `Port ${port} is in use. Take another one with --port, or --port 0 for any.\n`,
    });
    await emulator.close();
  });

  test("a data file that is none is left alone", async () => {
    const data = join(compiled.folder, "notes.txt");
    for (const content of ["dear diary", '{"format":2}']) {
      writeFileSync(data, content);
      const { code, err } = await outcome(run("--port", "0", "--data", data));
      expect([code, err]).toEqual([2, expect.stringContaining("is not a data file of this emulator")]);
      expect(readFileSync(data, "utf8")).toBe(content);
    }
  });
});

test("in process, a data file keeps everything: roles, usage, edits; and more accounts can be asked for", async () => {
  const data = join(compiled.folder, "in-process.json");
  const first = await startEmulator({ data });
  const { apiKey } = first.accounts[0].addClient({
    name: "web",
    clientType: "JavaScript",
    extra: { colour: "red" },
  });
  await request(`${first.url}/api/v1/elevation/1,2?apikey=${apiKey}`);
  first.accounts[0].setRoles(["User", "Subscriber"]);
  const token = await tokenOf(first);
  await first.close();
  const second = await startEmulator({ data, accounts: 2 });
  expect(second.accounts).toHaveLength(2);
  expect(second.accounts[0].clients()).toEqual(first.accounts[0].clients());
  expect(second.accounts[0].roles().map(({ name }) => name)).toEqual(["User", "Subscriber"]);
  const { json } = await Api.withToken(second, token).call(
    "GET",
    "/api/v1/accounts/current/statistics/byclient",
  );
  expect(json?.data).toContainEqual(
    expect.objectContaining({ clientName: "web", data: [expect.objectContaining({ amount: 1 })] }),
  );
  expect((await askToken(second)).status).toBe(200);
  await second.close();
});

test("starts in far less than a second, and 50 at once", async () => {
  const started = performance.now();
  const many = await Promise.all(Array.from({ length: 50 }, () => startEmulator()));
  expect(performance.now() - started).toBeLessThan(1000);
  await Promise.all(many.map((emulator) => emulator.close()));
});
