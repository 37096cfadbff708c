import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withDrift } from "../cli/drift/drift-scene";
import { resourceOf } from "../cli/drift/stack-export";
import { committedFiles, REPOSITORY, textOf } from "../repository";
import { terminalPicture } from "./terminal-picture";

const FOLDER = "docs/pictures";
const pages = committedFiles().filter((file) => file.endsWith(".md"));

test("docs/pictures/drift.svg is what thinkgeo drift prints on a screen (if not: npm run pictures)", async () => {
  const command = ["drift", "prod.json"];
  await withDrift(
    async ({ account, stack, drift }) => {
      const restricted = { allowedIpAddresses: ["203.0.113.0/24"] };
      const declared = [
        account.addClient({ name: "Web", clientType: "JavaScript", allowedOrigins: ["acme.com"] }),
        account.addClient({ name: "Tile renderer", ...restricted }),
        account.addClient({ name: "Batch job", ...restricted }),
      ];
      const resources = ["web", "tiles", "batch"];
      stack(
        "prod",
        ...declared.map((client, index) => resourceOf(client, {}, { resource: resources[index] ?? "" })),
      );
      account.editClient("Web", { allowedOrigins: ["acme.com", "evil.example"] });
      account.editClient("Tile renderer", { isActive: false });
      account.deleteClient("Batch job");
      account.addClient({ name: "Office", allowedIpAddresses: ["10.0.0.0/8"] });
      const { code, out } = await drift(...command.slice(1));
      expect(code).toBe(1);
      const picture = terminalPicture(
        "A drift report: one key was opened to another site, one deactivated, one deleted, by hand",
        `npx --no-install thinkgeo ${command.join(" ")}`,
        out,
      );
      const file = `${FOLDER}/drift.svg`;
      if (process.env["WRITE_PICTURES"] !== undefined) writeFileSync(join(REPOSITORY, file), picture);
      expect(textOf(file)).toBe(picture);
    },
    { terminal: { interactive: true, columns: 110 } },
  );
});

test.each(readdirSync(join(REPOSITORY, FOLDER)))("docs/pictures/%s is small, and shown", (name) => {
  expect(statSync(join(REPOSITORY, FOLDER, name)).size).toBeLessThan(100_000);
  const shown = pages.flatMap((page) => textOf(page).match(/!\[[^\]]*\]\([^)]+\)/g) ?? []);
  const here = shown.filter((image) => image.endsWith(`${name})`));
  expect(here).not.toEqual([]);
  // What somebody hears who does not see it.
  for (const image of here) expect(image).toMatch(/^!\[[^\]]{20,}\]/);
});
