import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { render } from "../../../cli/drift/output";
import { BrowserPage, findChromium } from "./chromium";
import { printable } from "../../../provider/text";
import { HOSTILE, hostileReport } from "./hostile-report";

// Installing Debian's chromium may take minutes the first time; a page takes a second.
jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), "thinkgeo-html-"));
const file = join(folder, "drift.html");
let program: string | undefined;

beforeAll(() => {
  writeFileSync(file, render(hostileReport(), "html"));
  program = findChromium();
  if (program === undefined)
    process.stderr.write(
      "SKIPPED: the HTML report was not seen in a browser, because chromium is not here and cannot be installed.\n",
    );
}, 900_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  ["a phone", 360],
  ["a small phone", 320],
  ["a desk", 1280],
])(
  "%s shows the page without scrolling sideways, every name as text, and no policy is broken",
  async (_, width) => {
    if (program === undefined) return;
    const page = await BrowserPage.open(program, width, 740);
    try {
      await page.goTo(pathToFileURL(file).href);
      expect(await page.evaluate("window.innerWidth")).toBe(width);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      const text = String(await page.evaluate("document.body.innerText"));
      for (const name of HOSTILE.filter((one) => /^[\x20-\x7e]+$/.test(one)))
        expect(text).toContain(printable(name));
      expect(text).toContain("opens 255 addresses");
      expect(await page.evaluate("document.querySelectorAll('script,img,iframe').length")).toBe(0);
      expect(await page.evaluate("document.querySelectorAll('main h3').length")).toBe(
        hostileReport().findings.length,
      );
      // The style applies, so the policy lets it in.
      expect(await page.evaluate("getComputedStyle(document.body).overflowWrap")).toBe("anywhere");
      const shot = process.env["THINKGEO_SCREENSHOTS"];
      if (shot !== undefined) {
        const { data } = await page.send("Page.captureScreenshot", { format: "png" });
        writeFileSync(join(shot, `drift-${width}.png`), Buffer.from(String(data), "base64"));
      }
    } finally {
      await page.close();
    }
  },
);
