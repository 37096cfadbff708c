import { withConsole } from "./console-page";

describe("for everybody", () => {
  test.each([360, 320, 1280])(
    "at %i px nothing scrolls sideways, with an account open for editing too",
    (width) =>
      withConsole(
        async (console) => {
          const wide = "document.documentElement.scrollWidth";
          console.emulator.accounts[0].addClient({
            name: "x".repeat(300),
            allowedIpAddresses: ["y".repeat(300)],
          });
          await console.said("The account has changed.");
          await console.press("Show keys Sample Native Client");
          expect(await console.page.evaluate("window.innerWidth")).toBe(width);
          expect(await console.page.evaluate(wide)).toBeLessThanOrEqual(width);
          await console.shoot(`console-${width}`);
          await console.press("Edit web");
          await console.shoot(`console-editor-${width}`);
          expect(await console.page.evaluate(wide)).toBeLessThanOrEqual(width);
          expect(
            await console.page.evaluate(
              "document.querySelector('#editor').scrollWidth <= document.querySelector('#editor').clientWidth",
            ),
          ).toBe(true);
        },
        { width },
      ),
  );

  test("every field has a name, every button says whose it is, and the table is one for those who hear it", () =>
    withConsole(
      async (console) => {
        await console.press("Edit web");
        await console.page.send("Accessibility.enable");
        const { nodes } = await console.page.send("Accessibility.getFullAXTree");
        const names = (role: string): unknown[] =>
          (nodes as AxNode[])
            .filter((node) => node.role?.value === role && node.ignored !== true)
            .map((node) => node.name?.value);
        expect([...names("textbox"), ...names("combobox"), ...names("checkbox")].sort()).toEqual(
          [
            "Accept requests only from these",
            "Active",
            "Evaluator",
            "Name",
            "One a line",
            "Type",
            "User",
          ].sort(),
        );
        await console.press("Cancel");
        const { nodes: behind } = await console.page.send("Accessibility.getFullAXTree");
        const roles = (behind as AxNode[])
          .filter(({ ignored }) => ignored !== true)
          .map((node) => node.role?.value);
        for (const role of [
          "table",
          "columnheader",
          "rowheader",
          "cell",
          "status",
          "search",
          "main",
          "banner",
        ])
          expect(roles).toContain(role);
        expect(await console.page.evaluate("document.documentElement.lang")).toBe("en");
      },
      { width: 360 },
    ));

  test("by keyboard alone: from the filters to a button, with a focus that is seen", () =>
    withConsole(async (console) => {
      await console.page.evaluate("document.querySelector('#account').focus()");
      const seen: unknown[] = [];
      for (let turn = 0; turn < 5; turn++) {
        await console.key("Tab");
        seen.push(
          await console.page.evaluate("document.activeElement.id || document.activeElement.ariaLabel"),
        );
      }
      expect(seen).toEqual([
        "listed",
        "find",
        "add",
        "Show keys Sample Browser Client",
        "Edit Sample Browser Client",
      ]);
      expect(await console.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe(
        "solid",
      );
      await console.key("Enter");
      await console.until("document.querySelector('#editor').open");
      await console.key("Escape");
      await console.until("!document.querySelector('#editor').open");
      expect(await console.page.evaluate("document.activeElement.ariaLabel")).toBe(
        "Edit Sample Browser Client",
      );
    }));

  test.each(["light", "dark"])("text is dark enough to read in %s", (scheme) =>
    withConsole(async (console) => {
      await console.page.send("Emulation.setEmulatedMedia", {
        features: [{ name: "prefers-color-scheme", value: scheme }],
      });
      await console.press("Deactivate web");
      await console.said("Deactivated “web”.");
      const pairs = JSON.parse(String(await console.page.evaluate(COLOURS))) as [string, string, string][];
      expect(pairs.length).toBeGreaterThan(10);
      const poor = pairs.filter(([, text, back]) => contrast(text, back) < 4.5);
      expect(poor).toEqual([]);
      await console.shoot(`console-${scheme}`);
    }),
  );
});

interface AxNode {
  readonly ignored?: boolean;
  readonly role?: { readonly value: string };
  readonly name?: { readonly value: string };
}

/** Each element that has text of its own, with its colour and the first background behind it. */
const COLOURS = `JSON.stringify([...document.querySelectorAll("body *")].flatMap((one) => {
  if (![...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "")) return [];
  if (one.checkVisibility() === false || one.closest("noscript,option")) return [];
  let behind = one;
  while (behind && getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
  return [[one.tagName + " " + one.textContent.slice(0, 20), getComputedStyle(one).color, getComputedStyle(behind ?? document.body).backgroundColor]];
}))`;

/** WCAG's ratio of two colours such as rgb(1, 2, 3). */
function contrast(text: string, back: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, light = 0] = [luminance(text), luminance(back)].sort((left, right) => left - right);
  return (light + 0.05) / (dark + 0.05);
}
