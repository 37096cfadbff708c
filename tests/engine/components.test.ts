import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../repository";
import { startEmulator } from "../../emulator";
import { EngineStack } from "./engine-stack";
import { withStack } from "./with-stack";

/** Programs as users write them: whole files, and not this repository's list of declarations. */
function program(stack: EngineStack, text: string): EngineStack {
  stack.write(
    "index.js",
    `const pulumi = require("@pulumi/pulumi");\nconst thinkgeo = require("pulumi-thinkgeo");\n${text}`,
  );
  return stack;
}

interface Dependent {
  readonly urn: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
}

/** On which resources each resource depends, by its name. */
async function dependenciesIn(stack: EngineStack): Promise<Record<string, string[]>> {
  const exported = JSON.parse(await stack.expect(0, "stack", "export")) as {
    deployment: { resources: readonly Dependent[] };
  };
  const nameOf = (urn: string): string => urn.split("::").at(-1) ?? "";
  return Object.fromEntries(
    exported.deployment.resources.map(({ urn, dependencies = [], propertyDependencies = {} }) => [
      nameOf(urn),
      [...new Set([...dependencies, ...Object.values(propertyDependencies).flatMap((urns) => urns ?? [])])]
        .map(nameOf)
        .sort(),
    ]),
  );
}

const NATIVE = 'type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"]';

test("components: nested, with siblings that use each other's keys, rotations, look-ups and transforms", () =>
  withStack(async ({ stack, own }) => {
    program(
      stack,
      `
      class Keys extends pulumi.ComponentResource {
        constructor(name, args, opts) {
          super("acme:platform:Keys", name, args, opts);
          const child = { parent: this };
          this.web = new thinkgeo.Client(name + "-web", { type: "JavaScript", allowedOrigins: ["acme.com"] }, child);
          this.server = new thinkgeo.Client(name + "-server", { ${NATIVE} }, child);
          // A sibling whose input is another's output.
          this.second = new thinkgeo.Client(
            name + "-second",
            { ${NATIVE}, name: pulumi.interpolate\`Second of \${this.server.clientId}\` },
            child,
          );
          this.tiles = new thinkgeo.RotatingClient(name + "-tiles", { ${NATIVE} }, child);
          this.named = new thinkgeo.RotatingClient(name + "-named", { ${NATIVE}, name: name + " named" }, child);
          this.registerOutputs({ apiKey: this.web.apiKey });
        }
      }
      class Platform extends pulumi.ComponentResource {
        constructor(name, opts) {
          super("acme:platform:Platform", name, {}, opts);
          this.blue = new Keys("blue", {}, { parent: this });
          this.green = new Keys("green", { key: this.blue.web.apiKey }, { parent: this });
          // What a component's children use of each other, across levels.
          this.last = new thinkgeo.Client(
            "last",
            { ${NATIVE}, replaceWhenChanged: { key: this.green.server.clientId } },
            { parent: this.green, dependsOn: [this.blue] },
          );
          this.found = thinkgeo.getClientOutput({ id: this.blue.web.id });
          this.registerOutputs({});
        }
      }
      const seen = [];
      pulumi.runtime.registerStackTransformation(({ type, name, props, opts }) => {
        seen.push(name);
        return type.includes("thinkgeo:Client") ? { props: { ...props, deletionPolicy: "delete" }, opts } : undefined;
      });
      const platform = new Platform("platform", {
        transforms: [({ type, props, opts }) =>
          type.endsWith("RotatingClient") ? { props: { ...props, overlapDays: 3 }, opts } : undefined],
      });
      exports.found = platform.found.name;
      exports.apiKey = platform.blue.web.apiKey;
      `,
    );
    await stack.expect(0, "preview");
    await stack.up();
    expect(own()).toHaveLength(11);
    const depends = await dependenciesIn(stack);
    expect(depends).toMatchObject({
      "blue-web": [],
      "blue-server": [],
      "blue-second": ["blue-server"],
      "blue-tiles": [],
      "blue-named": [],
    });
    expect(depends["last"]).toContain("green-server");
    await stack.expectNothingToDo();
    expect(await stack.outputs("found")).toBeDefined();
    await stack.expect(0, "destroy", "--yes", "--skip-preview");
    expect(own()).toEqual([]);
  }));

test("a library of components that is linked into a project of a monorepo, with the package as its peer", async () => {
  const root = mkdtempSync(join(tmpdir(), "thinkgeo-monorepo-"));
  const write = (file: string, text: string): void => {
    writeFileSync(join(root, file), text);
  };
  for (const folder of ["node_modules", "packages", "packages/keys"]) mkdirSync(join(root, folder));
  // As workspaces lay packages out: what comes from the registry at the root, the library linked beside it.
  for (const name of readdirSync(join(REPOSITORY, "node_modules")))
    symlinkSync(join(REPOSITORY, "node_modules", name), join(root, "node_modules", name), "junction");
  symlinkSync(join("..", "packages", "keys"), join(root, "node_modules", "acme-keys"));
  const peerDependencies = { "@pulumi/pulumi": "^3.216.0", "pulumi-thinkgeo": "^0.2.0" };
  write(
    "packages/keys/package.json",
    JSON.stringify({ name: "acme-keys", main: "index.js", peerDependencies }),
  );
  write(
    "packages/keys/index.js",
    `const pulumi = require("@pulumi/pulumi");
    const thinkgeo = require("pulumi-thinkgeo");
    exports.Keys = class extends pulumi.ComponentResource {
      constructor(name, args, opts) {
        super("acme:keys:Keys", name, args, opts);
        const child = { parent: this };
        this.web = new thinkgeo.Client(name + "-web", { type: "JavaScript", allowedOrigins: args.hosts }, child);
        this.server = new thinkgeo.Client(name + "-server", { ${NATIVE}, name: pulumi.interpolate\`Server of \${this.web.clientId}\` }, child);
        this.registerOutputs({});
      }
    };`,
  );
  const emulator = await startEmulator();
  const stack = new EngineStack(emulator.accounts[0], join(root, "node_modules"));
  try {
    await stack.init();
    program(
      stack,
      `const { Keys } = require("acme-keys");
      const keys = new Keys("shop", { hosts: ["acme.com"] });
      new thinkgeo.Client("own", { ${NATIVE}, replaceWhenChanged: { key: keys.web.clientId } });
      exports.keys = { apiKey: keys.web.apiKey };`,
    );
    await stack.up();
    const web = emulator.accounts[0].clients().find(({ name }) => name.startsWith("shop-web-"));
    expect(await stack.outputs("keys")).toEqual({ apiKey: web?.apiKey });
    expect(emulator.accounts[0].client(`Server of ${web?.apiKey ?? ""}`)).toBeDefined();
    await stack.expect(0, "destroy", "--yes", "--skip-preview");
    expect(emulator.accounts[0].client(web?.id ?? "")).toBeUndefined();
  } finally {
    stack.remove();
    rmSync(root, { recursive: true, force: true });
    await emulator.close();
  }
});
