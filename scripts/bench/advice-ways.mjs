/** What the advice is compared with; every latency has its own. */
export const AS_IT_IS = "as it is";

const NEAR = 0;
const FAR = 50;

/**
 * A command on a stack that is up and does not change; `instead` is said where it is not what is done as it is.
 *
 * @typedef {object} Look
 * @property {"preview" | "refresh"} step
 * @property {string} [instead]
 * @property {string[]} [flags]
 * @property {boolean} [drift] `thinkgeo drift` in place of the engine
 * @property {boolean} [compileCache]
 */

/**
 * One way to keep N clients.
 *
 * @typedef {object} Way
 * @property {string} name
 * @property {number} latency
 * @property {number} parallel
 * @property {number} stacks how many stacks they are spread over
 * @property {Record<string, string>} environment
 * @property {readonly Look[]} looks
 */

/**
 * A disk of this machine stands for a backend that is near, so what is about checkpoints is measured without latency,
 * and what is about requests with it.
 *
 * @param {import("./options.mjs").Options} options
 * @returns {Way[]}
 */
export function ways({ parallel, quick }) {
  const near = { latency: NEAR, parallel, stacks: 1, environment: {}, looks: [] };
  const far = { ...near, latency: FAR };
  const others = (quick ? [1] : [1, 8, 16, 32]).filter((other) => other !== parallel);
  return [
    {
      ...near,
      name: AS_IT_IS,
      looks: [
        { step: "preview" },
        { step: "preview", instead: "NODE_COMPILE_CACHE, filled before", compileCache: true },
        { step: "refresh" },
        { step: "refresh", instead: "NODE_COMPILE_CACHE, filled before", compileCache: true },
      ],
    },
    ...["PULUMI_SKIP_CHECKPOINTS", "PULUMI_DIY_BACKEND_GZIP", "PULUMI_DIY_BACKEND_ZSTD"].map((name) => ({
      ...near,
      name: `${name}=true`,
      environment: { [name]: "true" },
    })),
    { ...near, name: "four stacks, one after another", stacks: 4 },
    {
      ...far,
      name: AS_IT_IS,
      looks: [
        { step: "preview" },
        { step: "preview", instead: "preview --refresh", flags: ["--refresh"] },
        { step: "refresh" },
        { step: "refresh", instead: "thinkgeo drift in place of refresh", drift: true },
      ],
    },
    ...others.map((other) => ({
      ...far,
      name: `--parallel ${other}${other > parallel ? `, maxConcurrency ${other}` : ""}`,
      parallel: other,
      environment: { THINKGEO_MAX_CONCURRENCY: `${Math.max(other, 8)}` },
    })),
  ];
}
