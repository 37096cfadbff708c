import { join } from "node:path";
import type { EmulatorAccount } from "../../emulator";
import { textOf } from "../repository";
import { withScene } from "../cli/export/scene";
import { KINDS } from "../cli/export/kinds-of-programs";
import { missingFrom, shownIn } from "./shown";

const page = textOf("docs/guides/import.md");
const [exported, listed, yamlExported, yamlListed] = shownIn(page).filter(({ command }) =>
  /export --out|^cat /.test(command),
);

/** The clients that the page's account has. */
function fill(account: EmulatorAccount): void {
  account.addClient({
    name: "Shop web key",
    clientType: "JavaScript",
    allowedOrigins: ["acme.com", "*.acme.com"],
  });
  account.addClient({ name: "Batch job" });
}

test("docs/guides/import.md shows what an export prints, and what it writes", () =>
  withScene(async ({ account, folder, run, read }) => {
    fill(account);
    account.addClient({ name: "Odd", allowedIpAddresses: ["2001:db8::1"] });
    expect(exported?.command).toBe("npx --no-install thinkgeo export --out keys");
    const { code, out, err } = await run();
    expect(code).toBe(1);
    const printed = `${out}${err}`.replaceAll(join(folder, "keys"), "/srv/keys");
    const shown = (exported?.output ?? "").split("\n");
    expect(shown.filter((line) => missingFrom(printed, line).length > 0)).toEqual([]);
    expect(printed.trimEnd().split("\n")).toHaveLength(shown.length);
    expect(listed?.command).toBe("cat keys/javascript-clients.ts");
    const text = read("javascript-clients.ts").trimEnd().split("\n");
    const lines = (listed?.output ?? "").split("\n").filter((line) => line !== "");
    expect(lines.filter((line) => !text.some((each) => missingFrom(each, line).length === 0))).toEqual([]);
  }));

test("docs/guides/import.md shows the same in YAML", () =>
  withScene(async ({ account, folder, run, read }) => {
    fill(account);
    expect(yamlExported?.command).toBe("npx --no-install thinkgeo export --out keys --language yaml");
    const printed = (await run("--language", "yaml")).out.replaceAll(join(folder, "keys"), "/srv/keys");
    expect(missingFrom(printed, yamlExported?.output ?? "")).toEqual([]);
    expect(yamlListed?.command).toBe("cat keys/Pulumi.yaml");
    const withoutIds = (text: string): string => text.replace(/"[\da-f-]{36}"|[\da-f-]{36}/g, "GUID");
    const text = withoutIds(read("Pulumi.yaml"));
    const pieces = (yamlListed?.output ?? "").split("[…]\n");
    expect(pieces).toHaveLength(3);
    for (const piece of pieces) expect(text).toContain(withoutIds(piece));
  }));

test("docs/guides/import.md says how many kinds of projects the engine is given", () => {
  expect(page).toContain(`into ${Object.keys(KINDS).length} kinds of projects`);
});
