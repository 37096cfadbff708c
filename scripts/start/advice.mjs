import { heading, say, table } from "./print.mjs";
import { ownVariables } from "./pulumi.mjs";

/** What to do after `npm start`. */
export function adviseNext() {
  heading("Next");
  table([
    ["npm start", "again: nothing changes, and no request is needed"],
    ["edit examples/quickstart/index.ts", "and npm start again: only what you changed is changed"],
    ["npm start -- --drift", "somebody edits a key by hand; Pulumi finds it and puts it right"],
    ["npm start -- --keep", "try pulumi by hand against the same account"],
    ["npm test", "all tests"],
    ["npm start -- --clean", "remove what this made"],
    ["README.md", "use it with your own account"],
  ]);
}

/**
 * How to work by hand while the emulator runs.
 *
 * @param {import("./folder.mjs").Folder} folder
 * @param {Record<string, string>} account
 */
export function adviseByHand(folder, account) {
  heading("The emulator runs until Ctrl-C. In another terminal, in this folder:");
  for (const [name, value] of Object.entries({ ...account, ...ownVariables(folder) })) {
    say(`export ${name}='${value.replaceAll("'", "'\\''")}'`);
  }
  say("npm run -s pulumi -- preview --diff");
  say(`curl -s "$THINKGEO_API_URL/emulator/accounts/0/clients"    # what the account really holds`);
}
