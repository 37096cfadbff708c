import * as fs from "node:fs";

/**
 * A command of npm. Under `npm run`, npm says where it is itself; that one is used, whatever PATH holds.
 *
 * @param {string[]} args
 * @returns {[string, ...string[]]} the program and its arguments
 */
export function npmCommand(...args) {
  const script = process.env["npm_execpath"];
  return script?.endsWith(".js") && fs.existsSync(script)
    ? [process.execPath, script, ...args]
    : ["npm", ...args];
}
