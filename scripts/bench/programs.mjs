/** Ten different lists, so that `version` changes what every client has. */
const addresses = "['203.0.113.0/24', '198.51.100.' + (index % 250), '192.0.2.' + version]";

const beginning = `
const pulumi = require("@pulumi/pulumi");
const { count, version } = require("./size.json");
`;

/** N clients of the dearer kind: with a secret, and three entries. */
export const OURS = `${beginning}
const thinkgeo = require("pulumi-thinkgeo");
for (let index = 0; index < count; index++)
  new thinkgeo.Client("client" + index, { type: "NativeConfidential", allowedIpAddresses: ${addresses} });
`;

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

/**
 * @param {string} type
 * @param {string} properties
 * @param {string} [options]
 */
const floor = (type, properties, options = "{}") =>
  floorProgram(`new pulumi.CustomResource("${type}", name, ${properties}, ${options})`);

const dynamic = "pulumi-nodejs:dynamic/floor:Client";
const provider = `'exports.handler = () => require("./nothing.js").provider;'`;

/** A dynamic resource whose methods do nothing. */
export const ENGINE_FLOOR = floor(dynamic, `{ ...inputs, __provider: ${provider} }`);

/** The same as Pulumi's guide writes it: the SDK turns the provider into text and puts that into state, twice for each. */
export const ORDINARY_FLOOR = floorProgram(
  "new Client(name, inputs)",
  `
class Client extends pulumi.dynamic.Resource {
  constructor(name, inputs) {
    super(require("./nothing.js").provider, name, inputs);
  }
}`,
);

/** The same with a shell as long as ours, and a secret among its outputs. */
export const SAME_STATE_FLOOR = floor(
  dynamic,
  `{ ...inputs, autoName: name + "-00000000", __provider: ${provider} + " ".repeat(10) }`,
  '{ additionalSecretOutputs: ["clientSecret"] }',
);

/** A resource of the plugin in native/. */
export const NATIVE_FLOOR = floor("noop:index:Client", "inputs");

/** @param {string} outputs what its methods answer of inputs */
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

export const NOTHING = nothing("inputs");

/** Answers what ours would, made up. */
export const NOTHING_BUT_OUTPUTS = nothing(`{
    ...inputs,
    clientId: "i".repeat(44),
    clientSecret: "s".repeat(44),
    effectiveRoles: ["Evaluator", "User"],
    ownerId: "o".repeat(36),
  }`);
