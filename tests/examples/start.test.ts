import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../repository";
import { run, type Outcome } from "./command";

jest.setTimeout(120_000);

const place = mkdtempSync(join(tmpdir(), "thinkgeo-start-"));
const folder = join(place, "start");
const usersHome = join(place, "users-pulumi-home");

/** With what would lead astray, if it were heeded. */
const users = {
  PULUMI_HOME: usersHome,
  PULUMI_BACKEND_URL: "https://127.0.0.1:9/nobody",
  PULUMI_ACCESS_TOKEN: "nobody's",
  PULUMI_STACK: "nobody",
  THINKGEO_API_URL: "https://127.0.0.1:9",
  THINKGEO_CLIENT_ID: "nobody",
  THINKGEO_REQUEST_TIMEOUT: "soon",
  HTTP_PROXY: "http://127.0.0.1:9",
  http_proxy: "http://127.0.0.1:9",
  NODE_USE_ENV_PROXY: "1",
};
const start = (...args: string[]): Promise<Outcome> =>
  run("npm", ["start", "-s", "--", "--folder", folder, ...args], users);

const stackFiles = (): string[] =>
  [REPOSITORY, join(REPOSITORY, "examples/quickstart")].flatMap((where) =>
    readdirSync(where).filter((name) => /^Pulumi\..+\.yaml$/.test(name)),
  );

interface Account {
  readonly accounts: readonly [
    { readonly clients: readonly { readonly name: string; readonly apiSecret: string }[] },
  ];
}

const clients = (): Account["accounts"][0]["clients"] =>
  (JSON.parse(readFileSync(join(folder, "account.json"), "utf8")) as Account).accounts[0].clients;

describe("npm start", () => {
  const before = stackFiles();

  beforeAll(() => {
    mkdirSync(usersHome);
    writeFileSync(join(usersHome, "credentials.json"), "the user's");
  });
  afterAll(() => {
    rmSync(place, { recursive: true, force: true });
  });

  test("makes the keys of the quickstart, and proves them", async () => {
    const { status, output } = await start();

    expect(output).toContain("+ 3 created");
    expect(output).toContain("Requests to ThinkGeo: 1 token, 1 list of clients, 1 list of roles, 2 creates.");
    expect(output).toMatch(/JavaScript "web-[0-9a-f]{8}" +from https:\/\/acme\.com +HTTP 200 +[\d.]+ ft\n/);
    expect(output).toMatch(
      /JavaScript "web-[0-9a-f]{8}" +from https:\/\/somebody-else\.example +HTTP 403 +refused\n/,
    );
    expect(output).toMatch(/NativeConfidential "Tile renderer" +from 203\.0\.113\.7 +HTTP 200 +[\d.]+ ft\n/);
    expect(output).toMatch(/NativeConfidential "Tile renderer" +from 192\.0\.2\.1 +HTTP 403 +refused\n/);
    expect(output).toContain("\n  Yes.\n");
    expect(status).toBe(0);
    expect(clients().map(({ name }) => name)).toContain("Tile renderer");
    // The secret is masked, and there is no colour without a terminal.
    expect(output).toContain("clientSecret: [secret]");
    for (const { apiSecret } of clients()) expect(output).not.toContain(apiSecret);
    expect(output).not.toContain("\u001b");
  });

  test("run again changes nothing, and asks ThinkGeo nothing", async () => {
    const account = readFileSync(join(folder, "account.json"), "utf8").replace(/"usage": [^]*/, "");
    const { status, output } = await start();

    expect(output).toContain("3 unchanged");
    expect(output).toContain("No changes, and no request to ThinkGeo.");
    expect(status).toBe(0);
    expect(readFileSync(join(folder, "account.json"), "utf8").replace(/"usage": [^]*/, "")).toBe(account);
  });

  test("--yaml does the same with a YAML program, by the native plugin", async () => {
    const yaml = join(place, "yaml");
    const { status, output } = await run("npm", ["start", "-s", "--", "--yaml", "--folder", yaml], users);

    expect(output).toContain("thinkgeo:index:Client tiles created");
    expect(output).toContain("Requests to ThinkGeo: 1 token, 1 list of clients, 1 list of roles, 2 creates.");
    expect(output).toContain("\n  Yes.\n");
    expect(status).toBe(0);
  });

  test("--drift shows a change behind Pulumi's back, and puts it right", async () => {
    const { status, output } = await start("--drift");

    expect(output).toContain('Somebody lets the addresses 192.0.2.0/24 use "Tile renderer", in the console');
    expect(output).toContain('+ [2]: "192.0.2.0/24"');
    expect(output).toContain("~ 1 updated");
    expect(output).toContain("\n  Yes.\n");
    expect(status).toBe(0);
  });

  test("says in one sentence what it does not understand", async () => {
    const { status, output } = await start("--colour");

    expect(output.trim()).toBe(`Unknown option '--colour': "npm start -- --help" lists the options.`);
    expect(status).toBe(1);
  });

  test("does not begin beside another one", async () => {
    writeFileSync(join(folder, "running"), `${process.pid}\n`);
    const { status, output } = await start();

    expect(output).toContain(`npm start runs already, as process ${process.pid}: wait for it or end it`);
    expect(status).toBe(1);
    rmSync(join(folder, "running"));
  });

  test("leaves the user's Pulumi home, and the project, as they were", () => {
    expect(readdirSync(usersHome)).toEqual(["credentials.json"]);
    expect(readFileSync(join(usersHome, "credentials.json"), "utf8")).toBe("the user's");
    expect(stackFiles()).toEqual(before);
  });

  test("--clean removes all that it made, and nothing else", async () => {
    expect((await start("--clean")).output).toContain("is removed.");
    expect(existsSync(folder)).toBe(false);
    expect((await start("--clean")).output).toContain("nothing to remove");

    const { status, output } = await run("npm", ["start", "-s", "--", "--clean", "--folder", usersHome]);
    expect(output).toContain("was not made by npm start, so it stays.");
    expect(status).toBe(1);
    expect(existsSync(usersHome)).toBe(true);
  });
});
