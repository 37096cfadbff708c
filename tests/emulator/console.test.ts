import { startEmulator } from "../../emulator/index";
import { HOSTILE, withConsole, type Console } from "./console-page";

const client = (console: Console, name: string) => console.emulator.accounts[0].client(name);

test("keys are hidden until they are asked for, and hidden again", () =>
  withConsole(async (console) => {
    const { apiKey = "", apiSecret = "" } = client(console, "Sample Native Client") ?? {};
    expect(await console.text()).not.toContain(apiKey);
    await console.press("Show keys Sample Native Client");
    await console.said("Shows the keys of “Sample Native Client”.");
    expect(await console.text()).toContain(`Client ID: ${apiKey}`);
    expect(await console.text()).toContain(`Client secret: ${apiSecret}`);
    await console.shoot("console-desk");
    await console.press("Hide keys Sample Native Client");
    expect(await console.text()).not.toContain(apiSecret);
    await console.press("Show keys web");
    const web = client(console, "web");
    expect(await console.text()).toContain(`API key: ${String(web?.apiKey)}`);
    expect(await console.text()).not.toContain(String(web?.apiSecret));
  }));

test("a whitelist, roles and a name are edited, and only what was edited is sent", () =>
  withConsole(async (console) => {
    await console.press("Edit web");
    await console.until("document.querySelector('#editor').open");
    expect(await console.page.evaluate("document.activeElement.id")).toBe("name");
    await console.shoot("console-editor");
    await console.set("entries", " *.acme.com \n\nshop.example\n");
    await console.page.evaluate("document.querySelector('#role-1').click()");
    // Meanwhile, somebody else switches it off.
    console.emulator.accounts[0].editClient("web", { isActive: false });
    await console.press("Save");
    await console.said("Saved “web”.");
    expect(client(console, "web")).toMatchObject({
      allowedOrigins: ["*.acme.com", "shop.example"],
      grantedRoles: ["User"],
      isActive: false,
    });
    await console.press("Edit web");
    await console.set("mode", "IpAddress");
    await console.set("entries", "203.0.113.0/24");
    await console.set("name", "shop");
    await console.press("Save");
    await console.said("Saved “web”.");
    expect(client(console, "shop")).toMatchObject({
      sharedMode: "IpAddress",
      allowedOrigins: [],
      allowedIpAddresses: ["203.0.113.0/24"],
    });
    await console.press("Edit shop");
    await console.press("Save");
    await console.said("Nothing was changed.");
    expect(await console.page.evaluate("document.activeElement.ariaLabel")).toBe("Edit shop");
  }));

test("deactivated, activated, and deleted after a question that keeps it", () =>
  withConsole(async (console) => {
    await console.press("Deactivate web");
    await console.said("Deactivated “web”.");
    expect(client(console, "web")?.isActive).toBe(false);
    expect(await console.page.evaluate("document.activeElement.ariaLabel")).toBe("Activate web");
    await console.set("listed", "inactive");
    expect(await console.text("#count")).toBe("1 client.");
    await console.press("Activate web");
    await console.said("Activated “web”.");
    expect(client(console, "web")?.isActive).toBe(true);
    await console.set("listed", "all");
    await console.press("Delete web");
    expect(await console.text("#confirm-text")).toBe("“web” and its keys will be gone for good.");
    expect(await console.page.evaluate("document.activeElement.textContent")).toBe("Keep");
    await console.key("Escape");
    await console.until("!document.querySelector('#confirm').open");
    expect(client(console, "web")).toBeDefined();
    await console.press("Delete web");
    await console.press("Delete");
    await console.said("Deleted “web”.");
    expect(client(console, "web")).toBeUndefined();
    expect(await console.page.evaluate("document.activeElement.id")).toBe("title");
  }));

test("a client is created, and a failure is said where it happened", () =>
  withConsole(async (console) => {
    await console.press("Add client");
    await console.set("type", "NativeConfidential");
    expect(await console.page.evaluate("[mode.value, mode.disabled].join()")).toBe("IpAddress,true");
    await console.set("name", "tiles");
    await console.set("entries", "203.0.113.7");
    await console.press("Save");
    await console.said("Created “tiles”.");
    expect(client(console, "tiles")).toMatchObject({
      clientType: "NativeConfidential",
      sharedMode: "IpAddress",
      allowedIpAddresses: ["203.0.113.7"],
      grantedRoles: ["User", "Evaluator"],
      isActive: true,
    });
    await console.press("Edit tiles");
    console.emulator.accounts[0].deleteClient("tiles");
    await console.set("name", "tiles two");
    await console.press("Save");
    await console.until("document.querySelector('#editor-problem').textContent.includes('has no client')");
    expect(await console.page.evaluate("document.querySelector('#editor').open")).toBe(true);
    await console.press("Cancel");
    await console.said("The account has changed.");
  }));

test("it follows what others do to the account, and keeps the focus and the keys that are shown", () =>
  withConsole(async (console) => {
    await console.press("Show keys web");
    console.emulator.accounts[0].editClient("web", { allowedOrigins: ["healed.example"] });
    await console.said("The account has changed.");
    expect(await console.text()).toContain("healed.example");
    expect(await console.text()).toContain(String(client(console, "web")?.apiKey));
    expect(await console.page.evaluate("document.activeElement.ariaLabel")).toBe("Hide keys web");
  }));

test("several accounts, one at a time, and clients found by name", () =>
  withConsole(
    async (console) => {
      const [, second] = console.emulator.accounts;
      second?.addClient({ name: "of the second" });
      await console.set("account", String(second?.id));
      await console.until("document.querySelectorAll('#clients tr').length === 4");
      await console.press("Deactivate of the second");
      await console.said("Deactivated “of the second”.");
      expect(second?.client("of the second")?.isActive).toBe(false);
      await console.set("find", "OPERATOR");
      expect(await console.text("#count")).toBe("1 client.");
      expect(await console.text("#clients")).toContain("Pulumi signs in with this one");
    },
    { accounts: 2 },
  ));

test("of an account with ten thousand clients, the first two hundred, and the others by name", () =>
  withConsole(async (console) => {
    for (let index = 0; index < 10_000; index++)
      console.emulator.accounts[0].addClient({ name: `team ${index}` });
    await console.until("document.querySelector('#count').textContent.startsWith('The first 200 of 10008')");
    await console.set("find", "team 9999");
    expect(await console.text("#count")).toBe("1 client.");
  }));

test("names are text, whatever is in them", () =>
  withConsole(async (console) => {
    const text = await console.text();
    for (const name of HOSTILE.slice(0, 2)) expect(text).toContain(name);
    expect(text).toContain("back\\u202ewards");
    expect(text).toContain("bell\\u0007");
    expect(await console.page.evaluate("document.title")).toBe("Clients: ThinkGeo Cloud, emulated");
    expect(await console.page.evaluate("document.querySelectorAll('img,main script,iframe').length")).toBe(0);
    await console.press(`Edit ${HOSTILE[0] ?? ""}`);
    expect(await console.page.evaluate("document.querySelector('#name').value")).toBe(HOSTILE[0]);
    await console.press("Save");
    await console.said("Nothing was changed.");
  }));

test("nothing of it is in the record or the counts, and no fault hits it", () =>
  withConsole(async (console) => {
    console.emulator.fault({ kind: "drop" });
    await console.press("Deactivate web");
    await console.said("Deactivated “web”.");
    expect([console.emulator.requests(), console.emulator.maxInFlight]).toEqual([[], 0]);
    expect(console.emulator.faults[0]?.matched).toBe(0);
  }));

test("the emulator's end is said, and its return", () =>
  withConsole(async (console) => {
    const port = Number(new URL(console.emulator.url).port);
    await console.emulator.close();
    await console.until(
      "document.querySelector('#problem').textContent.startsWith('The emulator does not answer.')",
    );
    const again = await startEmulator({ port });
    try {
      await console.until("document.querySelector('#problem').textContent === ''");
      await console.until("document.querySelectorAll('#clients tr').length === 3");
    } finally {
      await again.close();
    }
  }));
