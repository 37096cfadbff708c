import { proxyFor } from "../../../provider/cloud/proxy";
import { readConfiguration, SETTINGS, variableOf } from "../../../provider/configuration";
import { textOf } from "../../repository";
import { codeIn, sectionOf, tableIn } from "../markdown";

const page = textOf("docs/reference/configuration.md");
const rows = tableIn(page, "key");
const rowOf = (setting: string): readonly string[] =>
  rows.find(([key]) => key === `\`thinkgeo:${setting}\``) ?? [];

const credentials: Readonly<Record<string, string>> = {
  "thinkgeo:clientId": "id",
  "thinkgeo:clientSecret": "s",
};
const read = (
  settings: Readonly<Record<string, string>> = {},
  environment: Readonly<Record<string, string>> = {},
): ReturnType<typeof readConfiguration> =>
  readConfiguration((key) => ({ ...credentials, ...settings })[key], environment);

test("the page has every setting, with its environment variable, and no other", () => {
  expect(rows.map(([key, variable]) => [key, variable])).toEqual(
    SETTINGS.map((setting) => [`\`thinkgeo:${setting}\``, `\`${variableOf(setting)}\``]),
  );
});

test("the defaults are those that are used", () => {
  const { apiUrl, tokenUrl, requestTimeoutMs, ...used } = read();
  expect(Object.fromEntries(SETTINGS.map((setting) => [setting, rowOf(setting)[3]]))).toEqual({
    clientId: "required",
    clientSecret: "required",
    apiUrl: `\`${apiUrl}\``,
    tokenUrl: `apiUrl + \`${tokenUrl.slice(apiUrl.length)}\``,
    requestTimeout: `\`${requestTimeoutMs / 1000}\``,
    maxConcurrency: `\`${used.maxConcurrency}\``,
    onLostClient: `\`${used.onLostClient}\``,
    onVanished: `\`${used.onVanished}\``,
    allowSelfLockout: `\`${used.allowSelfLockout}\``,
  });
});

test.each(["requestTimeout", "maxConcurrency"])("the limits of %s are those that hold", (setting) => {
  const [, least = "", most = ""] = /: (\d+) to (\d+)\.$/.exec(rowOf(setting)[2] ?? "") ?? [];
  const set = (value: number) => () => read({ [`thinkgeo:${setting}`]: String(value) });
  for (const value of [Number(least), Number(most)]) expect(set(value)).not.toThrow();
  for (const value of [Number(least) - 1, Number(most) + 1]) expect(set(value)).toThrow(`to ${most}`);
});

test.each(["onLostClient", "onVanished"])("%s takes what the page says, and nothing else", (setting) => {
  const words = codeIn(rowOf(setting)[2]).slice(0, 2);
  for (const value of words) expect(() => read({ [`thinkgeo:${setting}`]: value })).not.toThrow();
  expect(() => read({ [`thinkgeo:${setting}`]: "?" })).toThrow(
    words.map((word) => JSON.stringify(word)).join(" or "),
  );
});

test("the stack's configuration takes precedence over the environment, value by value", () => {
  const environment = { THINKGEO_CLIENT_ID: "other", THINKGEO_MAX_CONCURRENCY: "3" };
  expect(read({}, environment)).toMatchObject({ clientId: "id", maxConcurrency: 3 });
});

describe("proxy", () => {
  const section = sectionOf(page, "## Proxy");
  const proxy = "http://proxy.example.com:8080";

  test.each(tableIn(section, "variable").map(([cell]) => codeIn(cell)))(
    "%s and %s are read",
    (lower, upper) => {
      const isList = lower === "no_proxy";
      const url = new URL("https://acme.com");
      const through = (...variables: string[]): string | undefined =>
        proxyFor(url, {
          ...(isList ? { HTTPS_PROXY: proxy } : {}),
          ...Object.fromEntries(variables.map((name) => [name, isList ? "acme.com" : proxy])),
        })?.variable;
      expect(through(upper)).toBe(isList ? undefined : upper);
      expect(through(lower, upper)).toBe(isList ? undefined : lower);
    },
  );

  const HOSTS = ["acme.com", "www.acme.com", "acme.com:8443", "10.0.0.7", "10.1.2.3", "other.example"];

  test.each([
    ["acme.com", ["acme.com", "www.acme.com", "acme.com:8443"]],
    [".acme.com", ["acme.com", "www.acme.com", "acme.com:8443"]],
    ["*.acme.com", ["www.acme.com"]],
    ["10.0.0.7", ["10.0.0.7"]],
    ["10.0.0.0/8", ["10.0.0.7", "10.1.2.3"]],
    ["acme.com:8443", ["acme.com:8443"]],
    ["*", HOSTS],
  ])("%s in NO_PROXY is on the page, and matches %j", (entry, hosts) => {
    expect(tableIn(section, "entry of `NO_PROXY`").flatMap(([cell]) => codeIn(cell))).toContain(entry);
    const isDirect = (host: string): boolean =>
      proxyFor(new URL(`https://${host}`), { HTTPS_PROXY: proxy, NO_PROXY: entry }) === undefined;
    expect(HOSTS.filter(isDirect)).toEqual(hosts);
  });
});
