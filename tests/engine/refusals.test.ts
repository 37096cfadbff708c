import type { EngineStack } from "./engine-stack";
import { withStack } from "./with-stack";

const COMMANDS = { preview: ["preview"], up: ["up", "--yes", "--skip-preview"] };

/** A program as a user writes it, which a command must refuse, in these words. */
async function refused(
  stack: EngineStack,
  command: keyof typeof COMMANDS,
  text: string,
  words: string,
): Promise<void> {
  stack.write(
    "index.js",
    `const pulumi = require("@pulumi/pulumi");\nconst thinkgeo = require("pulumi-thinkgeo");\n${text}`,
  );
  const { code, out } = await stack.run(...COMMANDS[command]);
  expect(out).toContain(words);
  expect(code).not.toBe(0);
}

const NATIVE = '{ type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] }';
const NOBODY = "11111111-2222-4333-8444-555555555555";

test("Client.get reads a client without managing it, and fails where there is none, at preview and in the run", () =>
  withStack(async ({ stack, account, own }) => {
    const get = (id: string): string => `exports.apiKey = thinkgeo.Client.get("web", ${id}).apiKey;`;
    const missing = (id: string): string =>
      `Could not look up client ${id}: the account of thinkgeo:clientId has no client with that GUID.`;
    // What lets a refresh forget clients must let no look-up find nothing.
    stack.environment["THINKGEO_ON_VANISHED"] = "accept";
    const noGuid = "Could not look up a client: the given id is not a GUID";
    await refused(stack, "preview", get(`pulumi.output("Web")`), noGuid);
    const web = account.addClient({ name: "Web", clientType: "JavaScript" });
    stack.write("index.js", `const thinkgeo = require("pulumi-thinkgeo");\n${get(`"${web.id}"`)}`);
    await stack.up();
    expect(await stack.expect(0, "stack", "output", "apiKey")).toContain(web.apiKey);
    // A client that vanishes is missed by the next run.
    account.deleteClient(web.id);
    await refused(stack, "up", get(`"${web.id}"`), missing(web.id));
    expect(own()).toEqual([]);
    const again = account.addClient(web);
    await stack.expect(0, "destroy", "--skip-preview");
    expect(own()).toEqual([again]);
  }));

// The other ways to give no plain name, and no GUID: tests/sdk/register.test.ts.
test("an Output as a resource's name, and the option import, are refused before anything is made", () =>
  withStack(async ({ stack, own }) => {
    await refused(
      stack,
      "preview",
      `new thinkgeo.Client("key-of-" + pulumi.output("web"), ${NATIVE});`,
      "The name of a Client resource must be a plain string, and this one is the text of an Output",
    );
    await refused(
      stack,
      "up",
      `new thinkgeo.Client("web", ${NATIVE}, { import: "${NOBODY}" });`,
      `Declare adopt: "${NOBODY}" among its arguments instead; "thinkgeo export" writes such a program`,
    );
    expect(own()).toEqual([]);
  }));

describe("settings", () => {
  const server = { name: "a", args: { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] } };

  test("a misspelt one stops every run before a request, until up has run without it; a secret in plain text warns", () =>
    withStack(async ({ stack, account, emulator, calls }) => {
      // The configuration wins over the environment.
      stack.environment["THINKGEO_CLIENT_SECRET"] = "wrong";
      const secret = ["--", "thinkgeo:clientSecret", account.clientSecret];
      await stack.expect(0, "config", "set", "--plaintext", ...secret);
      const out = await stack.declare(server).up();
      expect(out).toContain("warning: thinkgeo:clientSecret is in plain text in Pulumi.test.yaml");
      expect(out).not.toContain(account.clientSecret);
      await stack.expect(0, "config", "set", "--secret", ...secret);

      emulator.clearRequests();
      await stack.expect(0, "config", "set", "thinkgeo:apiURL", "http://127.0.0.1:1");
      for (const command of [
        ["preview"],
        ["up", "--skip-preview"],
        ["refresh", "--skip-preview", "--run-program"],
      ]) {
        const { code, out: said } = await stack.run(...command);
        expect(said).toContain("thinkgeo:apiURL is not a configuration key: did you mean thinkgeo:apiUrl?");
        expect(code).not.toBe(0);
      }
      expect(calls()).toEqual([]);
      await stack.expect(0, "config", "rm", "thinkgeo:apiURL");
      expect(await stack.up()).not.toContain("plain text");
    }));

  test("a misspelt one of an Account stops what belongs to it", () =>
    withStack(async ({ stack, account, emulator, calls }) => {
      const { clientId, clientSecret } = account;
      const args = JSON.stringify({ clientId, clientSecret, apiURL: emulator.url });
      await refused(
        stack,
        "preview",
        `const provider = new thinkgeo.Account("emea", ${args});\nnew thinkgeo.Client("web", ${NATIVE}, { provider });`,
        "thinkgeo:apiURL is not a configuration key: did you mean thinkgeo:apiUrl?",
      );
      expect(calls()).toEqual([]);
    }));
});
