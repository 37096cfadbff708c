/**
 * What every part of the bench is given.
 *
 * @typedef {object} Bench
 * @property {import("./options.mjs").Options} options
 * @property {import("./workplace.mjs").Workplace} workplace
 * @property {import("./cloud.mjs").Cloud} cloud
 * @property {import("./figures.mjs").Figures} figures
 * @property {(progress: string) => void} say
 * @property {string | undefined} plugin the folder of the native plugin
 */

export {};
