import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { REPOSITORY } from "../../repository";
import { Metrics } from "../../../examples/token-server/server/metrics";
import { PAGE, withServer } from "./scene";

const read = (file: string): string => readFileSync(join(REPOSITORY, "examples/token-server", file), "utf8");
const readme = read("README.md");

/** The README's code for pages, as a page of PAGE would run it. */
function page(
  tokens: string,
  cloud: string,
  asked: string[],
): (latitude: number, longitude: number) => Promise<number> {
  const [, code = ""] = /```js\n([^]*?)```/.exec(readme) ?? [];
  const here = code
    .replace("https://tokens.acme.com/token", `${tokens}/token`)
    .replace("https://cloud.thinkgeo.com", cloud);
  const context = {
    setTimeout: () => undefined,
    fetch: (url: string, init: { headers?: Record<string, string> } = {}) => {
      asked.push(new URL(url).pathname);
      return fetch(url, { headers: { ...init.headers, origin: PAGE } });
    },
  };
  return runInNewContext(`${here}; elevation`, context) as ReturnType<typeof page>;
}

test("the code for pages gets an elevation, with one token for several, and a new one when it is refused", () =>
  withServer(async ({ url, emulator, clock }) => {
    const asked: string[] = [];
    const elevation = page(url, emulator.url, asked);
    const heights = await Promise.all([elevation(40, -105), elevation(40, -105), elevation(1, 2)]);

    expect(heights[0]).toEqual(expect.any(Number));
    expect(heights[1]).toBe(heights[0]);
    expect(asked.filter((path) => path === "/token")).toHaveLength(1);

    emulator.revokeTokens();
    clock.advance(3_600_000);
    await fetch(`${url}/token`, { headers: { origin: PAGE } });
    expect(await elevation(40, -105)).toBe(heights[0]);
    expect(asked.filter((path) => path === "/token")).toHaveLength(2);
  }));

test("README has every setting that the server reads, every one of the stack, and every metric", () => {
  const settings = [...read("server/configuration.ts").matchAll(/"([A-Z]+(?:_[A-Z]+)*)"/g)].map(
    ([, name]) => name,
  );
  const stack = [...read("Pulumi.yaml").matchAll(/^ {2}(\w+):$/gm)].map(([, name]) => name);
  const metrics = [
    ...new Metrics().render({ expiresInSeconds: 0, inFlight: 0, callers: 0 }).matchAll(/# TYPE (\w+)/g),
  ].map(([, name]) => name);

  expect([new Set(settings).size, stack.length, metrics.length]).toEqual([10, 5, 6]);
  for (const name of [...settings, ...stack, ...metrics])
    expect(readme).toMatch(new RegExp(`\`${name ?? ""}\\b`));
});
