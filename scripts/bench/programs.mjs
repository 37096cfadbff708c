/** Ten different lists, so that `version` changes what every client has. */
const addresses = "['203.0.113.0/24', '198.51.100.' + (index % 250), '192.0.2.' + version]";

/**
 * The files of a project. Those that depend on how many clients it declares are functions of that and of the version.
 *
 * @typedef {Readonly<Record<string, string | ((count: number, version: number) => string)>>} Program
 */

const beginning = `
const pulumi = require("@pulumi/pulumi");
const { count, version } = require("./size.json");
`;

/**
 * N clients of the dearer kind: with a secret, and three entries.
 *
 * @param {string} making makes one of them
 * @param {string} [before]
 */
const oursProgram = (making, before = "") => `${beginning}${before}
for (let index = 0; index < count; index++) {
  const inputs = { type: "NativeConfidential", allowedIpAddresses: ${addresses} };
  ${making};
}
`;

/**
 * The same as a YAML program: JSON is YAML.
 *
 * @param {string} type
 * @param {(name: string, version: number) => Record<string, unknown>} properties what each has beside its addresses
 */
const yamlProgram = (type, properties) => (/** @type {number} */ count, /** @type {number} */ version) => {
  const resources = Array.from({ length: count }, (_, index) => {
    const allowedIpAddresses = ["203.0.113.0/24", `198.51.100.${index % 250}`, `192.0.2.${version}`];
    const name = `client${index}`;
    return [name, { type, properties: { ...properties(name, version), allowedIpAddresses } }];
  });
  return JSON.stringify({ name: "bench", runtime: "yaml", resources: Object.fromEntries(resources) });
};

/** @satisfies {Record<string, Program>} */
export const OURS = {
  dynamic: {
    "index.js": oursProgram(
      'new thinkgeo.Client("client" + index, inputs)',
      'const thinkgeo = require("pulumi-thinkgeo");',
    ),
  },
  // What the class of a generated SDK comes to.
  native: {
    "index.js": oursProgram('new pulumi.CustomResource("thinkgeo:index:Client", "client" + index, inputs)'),
  },
  yaml: { "Pulumi.yaml": yamlProgram("thinkgeo:Client", () => ({ type: "NativeConfidential" })) },
};

/**
 * N resources with the same inputs as ours has after check.
 *
 * @param {string} making makes one of them
 * @param {string} [before]
 */
const floorProgram = (making, before = "") => `${beginning}${before}
for (let index = 0; index < count; index++) {
  const name = "client" + index;
  const allowedIpAddresses = ${addresses};
  const inputs = { name, type: "NativeConfidential", active: true, deletionPolicy: "delete", allowedIpAddresses, version };
  ${making};
}
`;

/** @param {string} outputs what the methods answer of inputs */
const nothing = (outputs) => `
exports.provider = {
  check: async (olds, news) => ({ inputs: news }),
  diff: async (id, olds, news) => ({ changes: olds.version !== news.version }),
  create: async (inputs) => ({ id: inputs.name, outs: ${outputs} }),
  read: async (id, props) => ({ id, props }),
  update: async (id, olds, inputs) => ({ outs: ${outputs} }),
  delete: async () => {},
};
`;

const dynamic = "pulumi-nodejs:dynamic/floor:Client";
const provider = `'exports.handler = () => require("./nothing.js").provider;'`;

const guidesClass = `
class Client extends pulumi.dynamic.Resource {
  constructor(name, inputs) {
    super(require("./nothing.js").provider, name, inputs);
  }
}`;

/** As much as ours answers, made up. */
const asMuch = `{
    ...inputs,
    clientId: "i".repeat(44),
    clientSecret: "s".repeat(44),
    effectiveRoles: ["Evaluator", "User"],
    ownerId: "o".repeat(36),
  }`;

/**
 * Programs whose resources do nothing, by name.
 *
 * @satisfies {Record<string, Program>}
 */
export const FLOORS = {
  // A dynamic resource of the leanest kind: like ours, it leaves one line of its provider's text in state.
  engine: {
    "index.js": floorProgram(
      `new pulumi.CustomResource("${dynamic}", name, { ...inputs, __provider: ${provider} })`,
    ),
    "nothing.js": nothing("inputs"),
  },
  // As Pulumi's guide writes it: the SDK turns the provider into text and puts that into state, twice for each.
  ordinary: {
    "index.js": floorProgram("new Client(name, inputs)", guidesClass),
    "nothing.js": nothing("inputs"),
  },
  // The leanest kind with a shell as long as ours, and a secret among its outputs.
  "same-state": {
    "index.js": floorProgram(`new pulumi.CustomResource(
    "${dynamic}",
    name,
    { ...inputs, autoName: name + "-00000000", __provider: ${provider} + " ".repeat(10) },
    { additionalSecretOutputs: ["clientSecret"] },
  )`),
    "nothing.js": nothing(asMuch),
  },
  // A resource of the plugin in native/.
  native: { "index.js": floorProgram('new pulumi.CustomResource("noop:index:Client", name, inputs)') },
  yaml: {
    "Pulumi.yaml": yamlProgram("noop:Client", (name, version) => ({
      ...{ name, type: "NativeConfidential", active: true, deletionPolicy: "delete", version },
    })),
  },
};
