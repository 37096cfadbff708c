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
 * The same inputs as ours has after check.
 *
 * @param {string} type
 * @param {string} properties
 */
const floor = (type, properties) => `${beginning}
for (let index = 0; index < count; index++) {
  const name = "client" + index;
  const allowedIpAddresses = ${addresses};
  const inputs = { name, type: "NativeConfidential", active: true, deletionPolicy: "delete", allowedIpAddresses, version };
  new pulumi.CustomResource("${type}", name, ${properties});
}
`;

const provider = `'exports.handler = () => require("./nothing.js").provider;'`;

/** A dynamic resource whose methods do nothing. */
export const ENGINE_FLOOR = floor(
  "pulumi-nodejs:dynamic/floor:Client",
  `{ ...inputs, __provider: ${provider} }`,
);

/** A resource of the plugin in native/. */
export const NATIVE_FLOOR = floor("noop:index:Client", "inputs");

export const NOTHING = `
exports.provider = {
  check: async (olds, news) => ({ inputs: news }),
  diff: async (id, olds, news) => ({ changes: olds.version !== news.version }),
  create: async (inputs) => ({ id: inputs.name, outs: inputs }),
  read: async (id, props) => ({ id, props }),
  update: async (id, olds, news) => ({ outs: news }),
  delete: async () => {},
};
`;
