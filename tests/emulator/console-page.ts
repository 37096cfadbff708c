import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator/index";
import { BrowserPage, findChromium } from "../cli/drift/chromium";

// Installing Debian's chromium may take minutes the first time; a page takes a second.
jest.setTimeout(120_000);

/** Names that would like to be more than text. */
export const HOSTILE = [
  `<img src=x onerror="document.title='taken'">`,
  `"><script>document.title='taken'</script>`,
  "back\u202ewards",
  "bell\u0007",
];

const HEIGHT = 800;

let program: string | undefined;
/** One browser for all tests of a file: to start one takes longer than most of them. */
let browser: BrowserPage | undefined;
afterAll(() => browser?.close());
beforeAll(() => {
  program = findChromium();
  if (program === undefined)
    process.stderr.write(
      "SKIPPED: the console was not seen in a browser, because chromium is not here and cannot be installed.\n",
    );
}, 900_000);

/** The page, open, with its list drawn. */
export class Console {
  constructor(
    readonly emulator: Emulator,
    readonly page: BrowserPage,
  ) {}

  async text(selector = "body"): Promise<string> {
    return String(await this.page.evaluate(`document.querySelector(${JSON.stringify(selector)}).innerText`));
  }

  /** Waits until an expression is true in the page. */
  async until(expression: string): Promise<void> {
    for (let turn = 0; turn < 200; turn++) {
      if ((await this.page.evaluate(`Boolean(${expression})`)) === true) return;
      await new Promise((resume) => setTimeout(resume, 50));
    }
    throw new Error(`Never came true: ${expression}\n${await this.text()}`);
  }

  /** Presses the button of one client as somebody who hears the page would find it. */
  async press(name: string): Promise<void> {
    const found = `[...document.querySelectorAll("button")].find((one) => (one.ariaLabel ?? one.textContent) === ${JSON.stringify(name)})`;
    await this.until(found);
    await this.page.evaluate(`${found}.focus(), ${found}.click()`);
  }

  async said(sentence: string): Promise<void> {
    await this.until(`document.querySelector("#status").textContent === ${JSON.stringify(sentence)}`);
  }

  async set(id: string, value: string): Promise<void> {
    const field = `document.getElementById(${JSON.stringify(id)})`;
    await this.page.evaluate(
      `${field}.value = ${JSON.stringify(value)}, ["input", "change"].forEach((kind) => ${field}.dispatchEvent(new Event(kind, { bubbles: true })))`,
    );
  }

  async key(key: string): Promise<void> {
    const codes: Record<string, number> = { Tab: 9, Enter: 13, Escape: 27 };
    const event = { key, code: key, windowsVirtualKeyCode: codes[key] };
    const text = key === "Enter" ? { text: "\r" } : {};
    await this.page.send("Input.dispatchKeyEvent", { type: "keyDown", ...event, ...text });
    await this.page.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  }

  async shoot(name: string): Promise<void> {
    const folder = process.env["THINKGEO_SCREENSHOTS"];
    if (folder !== undefined) writeFileSync(join(folder, `${name}.png`), await this.picture());
  }

  /** The page as PNG: all of it, or what is seen of it where a dialog is open. */
  async picture(): Promise<Buffer> {
    const { data } = await this.page.send("Page.captureScreenshot", {
      format: "png",
      captureBeyondViewport:
        (await this.page.evaluate("document.querySelector('dialog[open]') === null")) === true,
    });
    return Buffer.from(String(data), "base64");
  }
}

/** The page of an emulator that runs, in a browser; nothing where there is no browser. */
export async function openConsole(
  emulator: Emulator,
  width: number,
  work: (console: Console) => Promise<void>,
): Promise<void> {
  if (program === undefined) return;
  browser ??= await BrowserPage.open(program, width, HEIGHT);
  await browser.resize(width, HEIGHT);
  await browser.send("Emulation.setEmulatedMedia", { features: [] });
  const clients = emulator.accounts[0].clients().length;
  const console = new Console(emulator, browser);
  await browser.goTo(`${emulator.url}/clients.html`);
  await console.until(`document.querySelectorAll("#clients tr").length === ${clients}`);
  await work(console);
  // The page would go on asking for an emulator that has ended.
  await browser.goTo("about:blank");
}

/** The same with an emulator of its own, which has clients with hostile names and one called web. */
export async function withConsole(
  work: (console: Console) => Promise<void>,
  { width = 1280, accounts = 1 } = {},
): Promise<void> {
  const emulator = await startEmulator({ accounts });
  try {
    for (const name of HOSTILE) emulator.accounts[0].addClient({ name, allowedIpAddresses: [name] });
    emulator.accounts[0].addClient({ name: "web", clientType: "JavaScript", allowedOrigins: ["acme.com"] });
    await openConsole(emulator, width, work);
  } finally {
    await emulator.close();
  }
}
