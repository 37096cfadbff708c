import { heading, say, table } from "./print.mjs";
import { ownVariables } from "./pulumi.mjs";

/**
 * What to do after `npm start`.
 *
 * @param {string} program
 */
export function adviseNext(program) {
  const start = program.endsWith(".yaml") ? "npm start -- --yaml" : "npm start";
  const more = program.endsWith(".yaml") ? start : "npm start --";
  heading("Next");
  table([
    [start, "again: nothing changes, and no request is needed"],
    [`edit ${program}`, `and ${start} again: only what you changed is changed`],
    [`${more} --drift`, "somebody edits a key by hand; Pulumi finds and corrects it"],
    [`${more} --keep`, "try pulumi by hand against the same account"],
    ["npm test", "the tests"],
    [`${more} --clean`, "remove what this made"],
    ["README.md", "use it with your own account"],
  ]);
}

/**
 * How to work by hand while the emulator runs.
 *
 * @param {import("./folder.mjs").Folder} folder
 * @param {Record<string, string>} account
 * @param {string} where options that say which project
 */
export function adviseByHand(folder, account, where) {
  heading("The emulator runs until Ctrl-C. In another terminal, in this folder:");
  for (const [name, value] of Object.entries({ ...account, ...ownVariables(folder) })) {
    say(`export ${name}='${value.replaceAll("'", "'\\''")}'`);
  }
  say(`npm run -s pulumi -- preview --diff${where}`);
  say(`curl -s "$THINKGEO_API_URL/emulator/accounts/0/clients"    # what the account really holds`);
}
