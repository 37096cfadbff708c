import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { startEmulator } from "../../emulator";
import { REPOSITORY } from "../repository";
import { openConsole } from "./console-page";

const FILE = join(REPOSITORY, "docs/pictures/console.png");
const SIGNATURE_AND_HEADER = 8 + 25;

/** A PNG that says what text is to be seen in it, as its comment. */
function withText(picture: Buffer, text: string): Buffer {
  const content = Buffer.from(`iTXtComment\0\0\0\0\0${text}`, "utf8");
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length - 4);
  sum.writeUInt32BE(crc32(content));
  const [start, rest] = [picture.subarray(0, SIGNATURE_AND_HEADER), picture.subarray(SIGNATURE_AND_HEADER)];
  return Buffer.concat([start, length, content, sum, rest]);
}

/** What such a PNG says. */
function textIn(picture: Buffer): string {
  const length = picture.readUInt32BE(SIGNATURE_AND_HEADER);
  const content = picture.subarray(SIGNATURE_AND_HEADER + 4, SIGNATURE_AND_HEADER + 8 + length);
  return content.toString("utf8").replace("iTXtComment\0\0\0\0\0", "");
}

// Pixels differ from one browser to the next; the text is the same.
test("docs/pictures/console.png shows what the page says (if not: npm run pictures)", async () => {
  const emulator = await startEmulator();
  try {
    const [account] = emulator.accounts;
    for (const { name } of account.clients().filter(({ name }) => name.startsWith("Sample")))
      account.deleteClient(name);
    account.addClient({ name: "Web", clientType: "JavaScript", allowedOrigins: ["acme.com", "*.acme.com"] });
    account.addClient({ name: "Batch job", allowedIpAddresses: ["198.51.100.7"], isActive: false });
    await openConsole(emulator, 1060, async (console) => {
      const text = await console.text();
      if (process.env["WRITE_PICTURES"] !== undefined)
        writeFileSync(FILE, withText(await console.picture(), text));
      expect(text).toContain("198.51.100.7");
      expect(textIn(readFileSync(FILE))).toBe(text);
    });
  } finally {
    await emulator.close();
  }
});
