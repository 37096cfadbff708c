import { causeDrift } from "./drift.mjs";
import { elevationRequest } from "./elevation.mjs";
import { requestsInWords } from "./emulated-cloud.mjs";
import { isAsDeclared, useKey } from "./keys.mjs";
import { bad, good, heading, say, table } from "./print.mjs";
import { StartError } from "./start-error.mjs";

/** @typedef {import("./emulated-cloud.mjs").Emulator} Emulator */
/** @typedef {import("./pulumi.mjs").Pulumi} Pulumi */

/**
 * Makes the account what the program says.
 *
 * @param {Pulumi} pulumi
 * @param {Emulator} emulator
 * @param {string} program
 */
export async function bringUp(pulumi, emulator, program) {
  heading(`pulumi up, on ${program}`);
  await shown(pulumi, emulator, ["up", "--yes", "--skip-preview", "--suppress-progress"]);
}

/**
 * Changes a key behind Pulumi's back, and lets Pulumi find and correct it.
 *
 * @param {Pulumi} pulumi
 * @param {Emulator} emulator
 * @param {string} program
 */
export async function driftAndHeal(pulumi, emulator, program) {
  const keys = await pulumi.keys();
  const key = keys.find(({ allowedIpAddresses = [] }) => allowedIpAddresses.length > 0) ?? keys[0];
  if (key === undefined)
    throw new StartError(`${program} declares no client, so there is nothing to change.`);
  heading(`Somebody ${causeDrift(emulator, key)}, in the console`);
  say(
    "pulumi refresh --preview-only --diff --expect-no-changes, as a nightly run would, changes nothing and fails (7):\n",
  );
  const look = ["refresh", "--preview-only", "--diff", "--expect-no-changes", "--suppress-progress"];
  await shown(pulumi, emulator, look, [7]);

  heading("pulumi up --refresh corrects it");
  await shown(pulumi, emulator, ["up", "--yes", "--refresh", "--skip-preview", "--suppress-progress"]);
}

/**
 * @param {Pulumi} pulumi
 * @param {Emulator} emulator
 * @param {string[]} args
 * @param {number[]} [expected]
 */
async function shown(pulumi, emulator, args, expected) {
  emulator.clearRequests();
  await pulumi.show(args, expected);
  const requests = requestsInWords(emulator);
  say(requests === "" ? "No changes, and no request to ThinkGeo." : `Requests to ThinkGeo: ${requests}.`);
}

/**
 * Uses every key from inside and outside its whitelist, and fails if one opens too much or too little.
 *
 * @param {Pulumi} pulumi
 * @param {Emulator} emulator
 * @param {string} program
 */
export async function proveKeys(pulumi, emulator, program) {
  heading("Do the keys open what the program says, and nothing else?");
  const keys = await pulumi.keys();
  if (keys.length === 0) {
    say(`  ${program} declares no client.`);
    return;
  }
  say(`  ${elevationRequest}, one of ThinkGeo's map services, asked:\n`);
  const uses = [];
  for (const key of keys) uses.push(...(await useKey(emulator.url, key)));
  table(
    uses.map((use) => [
      use.key,
      `from ${use.from}`,
      `HTTP ${use.answer.status}`,
      (use.answer.elevation === undefined ? "refused" : `${use.answer.elevation} ft`) +
        (isAsDeclared(use) ? "" : `, and should be ${use.opens ? "let in" : "refused"}`),
    ]),
  );
  const wrong = uses.filter((use) => !isAsDeclared(use)).length;
  if (wrong > 0) {
    say(`\n  ${bad("No.")}`);
    throw new StartError(
      `${wrong} of ${uses.length} answers are not what the program says: npm start -- --drift compares the account and mends it.`,
    );
  }
  say(`\n  ${good("Yes.")}`);
}
