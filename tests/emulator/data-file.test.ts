import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endOf } from "../end-of";
import { BIN } from "../repository";
import { startEmulator } from "../../emulator/index";
import { Api, itemsIn, request, tokenOf } from "./support";

const NOBODY = 65_534;
let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "emulator-data-"));
  data = join(folder, "cloud.json");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

const spawned = (file: string): ChildProcess =>
  spawn(process.execPath, [BIN, "emulator", "--port", "0", "--json", "--data", file]);

/** Runs `thinkgeo emulator --data FILE` until it has said something, and ends it if it did start. */
function run(file: string): ReturnType<typeof endOf> {
  const child = spawned(file);
  return endOf(child, () => child.kill());
}

/** The administrator may do everything, so this process is somebody else for a moment. */
async function asNobody(work: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) {
    chownSync(data, NOBODY, NOBODY);
    process.seteuid?.(NOBODY);
  }
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

const SEE = "See docs/troubleshooting.md#emulator-start in the package pulumi-thinkgeo.";

const refused = async (file: string, sentence: string): Promise<void> => {
  expect(await run(file)).toEqual({
    code: expect.any(Number) as number,
    out: "",
    err: `${sentence}\n${SEE}\n`,
  });
};

test("only its owner can read the file, whatever the umask, and after every change", async () => {
  const umask = process.umask(0);
  try {
    const emulator = await startEmulator({ data });
    expect(modeOf(data)).toBe("600");
    chmodSync(data, 0o644);
    await (await Api.for(emulator)).call("POST", "/api/v1/clients", { name: "one" });
    expect(modeOf(data)).toBe("600");
    await emulator.close();
  } finally {
    process.umask(umask);
  }
  expect(readdirSync(folder)).toEqual(["cloud.json"]);
});

test("a file that others can read is closed to them as soon as it is used", async () => {
  await (await startEmulator({ data })).close();
  const before = readFileSync(data, "utf8");
  chmodSync(data, 0o664);
  expect(await run(data)).toMatchObject({ code: 0, err: "" });
  expect([modeOf(data), readFileSync(data, "utf8")]).toEqual(["600", before]);
});

describe("links", () => {
  test.each(["there", "not there"])(
    "a link to a file that is %s is refused and not followed",
    async (where) => {
      const real = join(folder, "real.json");
      if (where === "there") await (await startEmulator({ data: real })).close();
      const before = existsSync(real) ? readFileSync(real, "utf8") : undefined;
      symlinkSync("real.json", data);
      await refused(data, `${data} is a link. Give the data file itself with --data.`);
      expect(readlinkSync(data)).toBe("real.json");
      expect(existsSync(real) ? readFileSync(real, "utf8") : undefined).toBe(before);
    },
  );

  test("one where the new file is to be is not written through", async () => {
    writeFileSync(join(folder, "victim"), "mine");
    symlinkSync("victim", `${data}.new`);
    await (await startEmulator({ data })).close();
    expect(readFileSync(join(folder, "victim"), "utf8")).toBe("mine");
    expect(lstatSync(data).isFile()).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["cloud.json", "victim"]);
  });

  test("one that comes up meanwhile is replaced, and not written through", async () => {
    const emulator = await startEmulator({ data });
    const victim = join(folder, "victim");
    writeFileSync(victim, "mine");
    rmSync(data);
    symlinkSync("victim", data);
    emulator.addAccount();
    await emulator.close();
    expect(readFileSync(victim, "utf8")).toBe("mine");
    expect(lstatSync(data).isFile()).toBe(true);
  });
});

test("what a kill left of a new file, open to everybody, is not used", async () => {
  writeFileSync(`${data}.new`, "half of", { mode: 0o666 });
  chmodSync(`${data}.new`, 0o666);
  expect(await run(data)).toMatchObject({ code: 0, err: "" });
  expect([modeOf(data), readdirSync(folder)]).toEqual(["600", ["cloud.json"]]);
});

describe("a broken file is a sentence, and stays as it is", () => {
  let whole: { accounts: Record<string, unknown>[]; signingKey?: string };
  beforeEach(async () => {
    const emulator = await startEmulator({ data });
    await Api.for(emulator);
    await emulator.close();
    whole = JSON.parse(readFileSync(data, "utf8")) as typeof whole;
    expect(whole.signingKey).toMatch(/PRIVATE KEY/);
  });

  const text = (change: (content: typeof whole, account: Record<string, unknown>) => void): string => {
    const [account = {}] = whole.accounts;
    change(whole, account);
    return JSON.stringify(whole);
  };
  const clientOf = (account: Record<string, unknown>): Record<string, unknown> =>
    (account["clients"] as Record<string, unknown>[])[0] ?? {};

  test.each<[string, () => string]>([
    ["nothing", () => ""],
    ["half of it", () => JSON.stringify(whole).slice(0, -20)],
    ["something else", () => '{"format":1}'],
    ["another format", () => JSON.stringify({ ...whole, format: 2 })],
    ["accounts that are none", () => text((content) => Object.assign(content, { accounts: [1] }))],
    ["an account without an operator", () => text((_, account) => delete account["operator"])],
    ["a role without a name", () => text((_, account) => Object.assign(account, { roles: [{}] }))],
    ["a client without a key", () => text((_, account) => delete clientOf(account)["apiKey"])],
    [
      "a client with a list of numbers",
      () => text((_, account) => Object.assign(clientOf(account), { allowedOrigins: [1] })),
    ],
    ["usage that is none", () => text((_, account) => Object.assign(account, { usage: [["x", 1]] }))],
    ["a key that signs nothing", () => text((content) => (content.signingKey = "-----BEGIN"))],
  ])("%s", async (_, content) => {
    const broken = content();
    writeFileSync(data, broken);
    await refused(
      data,
      `${data} is not a data file of this emulator. Give another name, or delete it to start anew.`,
    );
    expect(readFileSync(data, "utf8")).toBe(broken);
    expect(readdirSync(folder)).toEqual(["cloud.json"]);
  });
});

describe("what is no file that can be read is a sentence", () => {
  test("a folder", async () => {
    mkdirSync(data);
    await refused(data, `${data} is no plain file. Give another name with --data.`);
  });

  test("a named pipe, which is not waited for", async () => {
    execFileSync("mkfifo", [data]);
    await refused(data, `${data} is no plain file. Give another name with --data.`);
  });

  test("a device", () => refused("/dev/null", "/dev/null is no plain file. Give another name with --data."));

  test("a file in a file", () => {
    writeFileSync(join(folder, "file"), "");
    const inside = join(folder, "file/cloud.json");
    return refused(inside, `The data file ${inside} cannot be read (ENOTDIR).`);
  });

  test("a file that its owner has closed", async () => {
    await (await startEmulator({ data })).close();
    const before = readFileSync(data, "utf8");
    chmodSync(folder, 0o755);
    chmodSync(data, 0);
    await asNobody(() =>
      expect(startEmulator({ data })).rejects.toThrow(`The data file ${data} cannot be read (EACCES).`),
    );
    chmodSync(data, 0o600);
    expect(readFileSync(data, "utf8")).toBe(before);
  });

  test("a folder that is not there, or that takes no files", async () => {
    const nowhere = join(folder, "nowhere/cloud.json");
    await refused(nowhere, `The folder of the data file ${nowhere} does not exist.`);
    await refused("/proc/cloud.json", "The folder of the data file /proc/cloud.json does not exist.");
  });
});

test("everything is kept: credentials, roles, usage, tokens, edits; and more accounts can be asked for", async () => {
  const first = await startEmulator({ data });
  const { apiKey } = first.accounts[0].addClient({
    name: "web",
    clientType: "JavaScript",
    extra: { colour: "red" },
  });
  await request(`${first.url}/api/v1/elevation/1,2?apikey=${apiKey}`);
  first.accounts[0].setRoles(["User", "Subscriber"]);
  const token = await tokenOf(first);
  const { clientId, clientSecret } = first.accounts[0];
  await first.close();
  const second = await startEmulator({ data, accounts: 2 });
  expect(second.accounts).toHaveLength(2);
  expect(second.accounts[0]).toMatchObject({ clientId, clientSecret });
  expect(second.accounts[0].clients()).toEqual(first.accounts[0].clients());
  expect(second.accounts[0].roles().map(({ name }) => name)).toEqual(["User", "Subscriber"]);
  const { json } = await Api.withToken(second, token).call(
    "GET",
    "/api/v1/accounts/current/statistics/byclient",
  );
  expect(json?.data).toContainEqual(
    expect.objectContaining({ clientName: "web", data: [expect.objectContaining({ amount: 1 })] }),
  );
  await second.close();
});

test("a kill at any moment loses nothing that was answered", async () => {
  const child = spawned(data);
  const [line] = (await once(child.stdout ?? child, "data")) as [Buffer];
  const { url, accounts } = JSON.parse(line.toString()) as {
    url: string;
    accounts: [{ clientId: string; clientSecret: string }];
  };
  const { clientId: client_id, clientSecret: client_secret } = accounts[0];
  const body = new URLSearchParams({ grant_type: "client_credentials", client_id, client_secret });
  const answer = await request(`${url}/identity/connect/token`, { method: "POST", body });
  const authorization = `Bearer ${String(answer.json?.["access_token"])}`;
  const answered: string[] = [];
  const posting = (async () => {
    const headers = { authorization, "content-type": "application/json" };
    for (let number = 0; ; number += 1) {
      const init = { method: "POST", headers, body: JSON.stringify({ name: `client ${number}` }) };
      const made = await request(`${url}/api/v1/clients`, init).catch(() => undefined);
      if (made?.status !== 200) return;
      answered.push(`client ${number}`);
    }
  })();
  while (answered.length < 20) await new Promise((resume) => setTimeout(resume, 2));
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await Promise.all([gone, posting]);

  const second = await startEmulator({ data });
  const listed = await request(`${second.url}/api/v1/clients`, { headers: { authorization } });
  expect(listed.status).toBe(200);
  const names = (itemsIn(listed) as { name: string }[]).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(answered));
  expect(names.length - 3).toBeLessThanOrEqual(answered.length + 1);
  // Half a new file may be left; the next write takes its place.
  second.addAccount();
  await second.close();
  expect(readdirSync(folder)).toEqual(["cloud.json"]);
});

describe("one emulator at a time", () => {
  const inUse = (pid: number | undefined): string =>
    `The data file ${data} is in use by another emulator (process ${pid ?? 0}). Stop that one, or give another name with --data. If process ${pid ?? 0} is no emulator, delete ${data}.lock.`;
  /** The id of a process that has ended. */
  const deadPid = (): number => spawnSync(process.execPath, ["--version"]).pid;

  test("a second one is refused, in this process and in another, and changes nothing; after the end it is not", async () => {
    const first = await startEmulator({ data });
    const before = readFileSync(data, "utf8");
    await expect(startEmulator({ data, accounts: 5 })).rejects.toThrow(inUse(process.pid));
    await refused(data, inUse(process.pid));
    expect(readFileSync(data, "utf8")).toBe(before);
    expect(modeOf(`${data}.lock`)).toBe("600");
    await first.close();
    expect(readdirSync(folder)).toEqual(["cloud.json"]);
    await (await startEmulator({ data })).close();
  });

  test("one that runs as a command is named by its process; what it leaves when it is killed is taken over", async () => {
    const child = spawned(data);
    await once(child.stdout ?? child, "data");
    await expect(startEmulator({ data })).rejects.toThrow(inUse(child.pid));
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    expect(readdirSync(folder)).toEqual(["cloud.json", "cloud.json.lock"]);
    expect(await run(data)).toMatchObject({ code: 0, err: "" });
    expect(readdirSync(folder)).toEqual(["cloud.json"]);
  });

  test("of several that find a dead one's lock at once, one starts", async () => {
    writeFileSync(`${data}.lock`, `${deadPid()} x`);
    const children = Array.from({ length: 4 }, () => spawned(data));
    const closed = children.map((child) => once(child, "close"));
    const fates = children.map((child, index) =>
      Promise.race([
        once(child.stdout ?? child, "data").then(() => "started"),
        closed[index]?.then(([code]) => `ended with ${String(code)}`),
      ]),
    );
    expect((await Promise.all(fates)).toSorted()).toEqual([
      ...Array<string>(3).fill("ended with 2"),
      "started",
    ]);
    for (const child of children) child.kill();
    await Promise.all(closed);
    expect(readdirSync(folder)).toEqual(["cloud.json"]);
  });

  test.each([
    ["an earlier process of the same id", () => `${process.pid} x`, ""],
    ["one that was killed while it took a dead one's lock over", () => `${deadPid()} x`, ".removal"],
  ])("a lock of %s is taken over", async (_, text, alsoAt) => {
    writeFileSync(`${data}.lock`, text());
    if (alsoAt !== "") writeFileSync(`${data}.lock${alsoAt}`, text());
    await (await startEmulator({ data })).close();
    expect(readdirSync(folder)).toEqual(["cloud.json"]);
  });

  test("a lock that nobody can read belongs to somebody", async () => {
    writeFileSync(`${data}.lock`, "");
    await expect(startEmulator({ data })).rejects.toThrow(/in use by another emulator \(process unknown\)/);
    expect(readdirSync(folder)).toEqual(["cloud.json.lock"]);
  });

  test("where nothing can be written, nothing can be lost: the file is read, without a lock", async () => {
    const first = await startEmulator({ data });
    await Api.for(first);
    await first.close();
    chmodSync(folder, 0o555);
    await asNobody(async () => {
      const emulator = await startEmulator({ data });
      expect(await (await Api.for(emulator)).list()).toHaveLength(3);
      expect(readdirSync(folder)).toEqual(["cloud.json"]);
      await emulator.close();
    });
    chmodSync(folder, 0o755);
  });

  test("a start that fails for another reason leaves no lock, and a closed one writes nothing", async () => {
    const other = await startEmulator();
    const port = Number(new URL(other.url).port);
    await expect(startEmulator({ data, port })).rejects.toThrow("EADDRINUSE");
    expect(readdirSync(folder)).toEqual(["cloud.json"]);
    await other.close();
    const closed = await startEmulator({ data });
    await closed.close();
    const before = readFileSync(data, "utf8");
    expect(() => closed.accounts[0].addClient({ name: "late" })).toThrow("nothing is kept any more");
    expect(readFileSync(data, "utf8")).toBe(before);
  });
});
