import type { EngineStack } from "./engine-stack";
import { withStack } from "./with-stack";

/** A program as a user writes it, which preview and `up` must refuse, in these words. */
async function refused(stack: EngineStack, text: string, words: string): Promise<void> {
  stack.write(
    "index.js",
    `const pulumi = require("@pulumi/pulumi");\nconst thinkgeo = require("pulumi-thinkgeo");\n${text}`,
  );
  for (const command of [["preview"], ["up", "--yes", "--skip-preview"]]) {
    const { code, out } = await stack.run(...command);
    expect(out).toContain(words);
    expect(code).not.toBe(0);
  }
}

const NATIVE = '{ type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] }';
const NOBODY = "11111111-2222-4333-8444-555555555555";

test("Client.get of what the account does not have fails, and a client that vanishes is missed by the next run", () =>
  withStack(async ({ stack, account, own }) => {
    const get = (id: string): string => `exports.apiKey = thinkgeo.Client.get("web", ${id}).apiKey;`;
    const missing = (id: string): string =>
      `Could not look up client ${id}: the account of thinkgeo:clientId has no client with that GUID.`;
    // What lets a refresh forget clients must let no look-up find nothing.
    stack.environment["THINKGEO_ON_VANISHED"] = "accept";
    await refused(stack, get(`"${NOBODY}"`), missing(NOBODY));
    await refused(
      stack,
      get(`pulumi.output("Web")`),
      "Could not look up a client: what was given is no GUID",
    );
    await refused(stack, get("undefined"), 'Client.get("web", …) was given no GUID.');
    const { id, apiKey } = account.addClient({ name: "Web", clientType: "JavaScript" });
    stack.write("index.js", `const thinkgeo = require("pulumi-thinkgeo");\n${get(`"${id}"`)}`);
    await stack.step();
    expect(await stack.expect(0, "stack", "output", "apiKey")).toContain(apiKey);
    account.deleteClient(id);
    await refused(stack, get(`"${id}"`), missing(id));
    expect(own()).toEqual([]);
  }));

test("an Output as a resource's name, and the option import, are refused before anything is made", () =>
  withStack(async ({ stack, own }) => {
    const name = "The name of a Client resource must be a plain string, and this one is";
    await refused(stack, `new thinkgeo.Client(pulumi.output("web"), ${NATIVE});`, `${name} an Output`);
    await refused(
      stack,
      `new thinkgeo.Client("key-of-" + pulumi.output("web"), ${NATIVE});`,
      `${name} the text of an Output`,
    );
    await refused(
      stack,
      `new thinkgeo.Client("web", ${NATIVE}, { import: "${NOBODY}" });`,
      `Declare adopt: "${NOBODY}" among its arguments instead; "thinkgeo export" writes such a program`,
    );
    expect(own()).toEqual([]);
  }));

describe("settings", () => {
  const server = { name: "a", args: { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] } };

  test("a misspelt one stops every run before a request, until up has run without it", () =>
    withStack(async ({ stack, emulator, calls }) => {
      await stack.declare(server).up();
      emulator.clearRequests();
      await stack.expect(0, "config", "set", "thinkgeo:apiURL", "http://127.0.0.1:1");
      for (const command of [
        ["preview"],
        ["up", "--skip-preview"],
        ["refresh", "--skip-preview", "--run-program"],
      ]) {
        const { code, out } = await stack.run(...command);
        expect(out).toContain("thinkgeo:apiURL is no setting: did you mean thinkgeo:apiUrl?");
        expect(code).not.toBe(0);
      }
      expect(calls()).toEqual([]);
      await stack.expect(0, "config", "rm", "thinkgeo:apiURL");
      await stack.up();
      await stack.expect(0, "destroy", "--skip-preview");
    }));

  test("a misspelt one of an Account stops what belongs to it", () =>
    withStack(async ({ stack, account, emulator, calls }) => {
      const { clientId, clientSecret } = account;
      const args = JSON.stringify({ clientId, clientSecret, apiURL: emulator.url });
      await refused(
        stack,
        `const provider = new thinkgeo.Account("emea", ${args});\nnew thinkgeo.Client("web", ${NATIVE}, { provider });`,
        "thinkgeo:apiURL is no setting: did you mean thinkgeo:apiUrl?",
      );
      expect(calls()).toEqual([]);
    }));

  test("a secret in plain text warns in up; what is missing is named at once", () =>
    withStack(async ({ stack, account }) => {
      delete stack.environment["THINKGEO_CLIENT_SECRET"];
      const secret = ["--", "thinkgeo:clientSecret", account.clientSecret];
      await stack.expect(0, "config", "set", "--plaintext", ...secret);
      const out = await stack.declare(server).up();
      expect(out).toContain("warning: thinkgeo:clientSecret is in plain text in Pulumi.test.yaml");
      expect(out).not.toContain(account.clientSecret);
      await stack.expect(0, "config", "set", "--secret", ...secret);
      expect(await stack.up()).not.toContain("plain text");
      await stack.expect(0, "destroy", "--skip-preview");
      await stack.expect(0, "config", "rm", "thinkgeo:clientSecret");
      delete stack.environment["THINKGEO_CLIENT_ID"];
      expect((await stack.run("preview")).out).toContain(
        'ThinkGeo\'s clientId and clientSecret are not set. Run "pulumi config set thinkgeo:clientId VALUE" and "pulumi config set --secret thinkgeo:clientSecret VALUE"',
      );
    }));
});
