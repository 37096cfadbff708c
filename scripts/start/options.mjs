import { parseArgs } from "node:util";
import { StartError } from "./start-error.mjs";

export const usage = `Shows the product at work on this machine, against an emulated ThinkGeo Cloud: no account is needed.

Usage: npm start [-- OPTION]

  (nothing)       pulumi up on examples/quickstart, then use the keys that it made
  --yaml          the same with examples/quickstart-yaml, by the native plugin; may stand before the next two
  --drift         the same; then change a key behind Pulumi's back, see it found and corrected
  --keep          the same; then leave the emulator running, to try things by hand
  --clean         remove everything that npm start made
  --folder DIR    keep it all in DIR (default .thinkgeo/start, with --yaml .thinkgeo/start-yaml)
  --help          print this

Your own Pulumi login, stacks and PULUMI_ or THINKGEO_ variables are neither used nor changed.
`;

/**
 * @typedef {object} Options
 * @property {boolean} yaml
 * @property {boolean} drift
 * @property {boolean} keep
 * @property {boolean} clean
 * @property {boolean} help
 * @property {string | undefined} folder
 */

/**
 * @param {string[]} args
 * @returns {Options}
 */
export function readOptions(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        yaml: { type: "boolean", default: false },
        drift: { type: "boolean", default: false },
        keep: { type: "boolean", default: false },
        clean: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
        folder: { type: "string" },
      },
    });
    return { ...values, folder: values.folder ?? (values.yaml ? ".thinkgeo/start-yaml" : undefined) };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(/\. |\n/)[0] : String(error);
    throw new StartError(`${reason}: "npm start -- --help" lists the options.`);
  }
}
