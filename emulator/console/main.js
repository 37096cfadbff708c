// What the page holds, what its buttons do, and that it follows the account.
import { accounts, addClient, clientsOf, deleteClient, editClient } from "./api.js";
import { byId, complain, element, say, shown } from "./dom.js";
import { confirmDelete, openEditor } from "./editor.js";
import { drawTable } from "./table.js";

/** @typedef {import("./api.js").Account} Account */
/** @typedef {import("./api.js").Client} Client */

const PAUSE_MS = 1000;

/** @type {import("./table.js").State} */
const state = { accounts: [], account: undefined, clients: [], listed: "all", find: "", shown: new Set() };

const accountChoice = byId("account", HTMLSelectElement);
const listed = byId("listed", HTMLSelectElement);
const find = byId("find", HTMLInputElement);

/** @param {{ name?: string }} client */
const quoted = ({ name = "" }) => `“${shown(name)}”`;

const draw = () => {
  drawTable(state, (action, client) => void act(action, client));
};

let latest = 0;

/** Whether the account has changed. An answer that a later question has overtaken counts for nothing. */
async function refresh() {
  latest += 1;
  const turn = latest;
  const all = await accounts();
  if (turn !== latest) return false;
  if (JSON.stringify(all) !== JSON.stringify(state.accounts)) drawAccounts(all);
  const clients = await clientsOf(current().id);
  if (turn !== latest || JSON.stringify(clients) === JSON.stringify(state.clients)) return false;
  state.clients = clients;
  draw();
  return true;
}

/** @param {Account[]} all */
function drawAccounts(all) {
  state.accounts = all;
  state.account = all.find(({ id }) => id === state.account?.id) ?? all[0];
  accountChoice.replaceChildren(...all.map(({ id, name }) => element("option", { value: id }, name)));
  accountChoice.value = current().id;
}

/** The account that is shown. */
function current() {
  if (state.account === undefined) throw new Error("The emulator has not said yet what accounts it has.");
  return state.account;
}

const roles = () => current().roles.map(({ name }) => name);

/**
 * @param {import("./table.js").Action} action
 * @param {Client} client
 */
async function act(action, client) {
  const account = current().id;
  // What is said twice is heard twice only if it was gone in between.
  say("");
  if (action === "keys") {
    toggleKeys(client);
    return;
  }
  if (action === "edit") {
    openEditor(client, roles(), (fields) => working(() => save(account, client, fields)));
    return;
  }
  try {
    if (action === "delete") {
      const isMeant = await confirmDelete(`${quoted(client)} and its keys will be gone for good.`);
      if (isMeant) await working(() => remove(account, client));
    } else await working(() => toggle(account, client));
  } catch (error) {
    complain(error);
  }
}

/** @param {Client} client */
function toggleKeys(client) {
  const wasOpen = state.shown.delete(client.id);
  if (!wasOpen) state.shown.add(client.id);
  draw();
  say(`${wasOpen ? "Hides" : "Shows"} the keys of ${quoted(client)}.`);
}

/**
 * @param {string} account
 * @param {Client} client
 * @param {import("./api.js").ClientFields} fields
 */
async function save(account, client, fields) {
  if (Object.keys(fields).length === 0) return "Nothing was changed.";
  await editClient(account, client.id, fields);
  return `Saved ${quoted(client)}.`;
}

/**
 * @param {string} account
 * @param {Client} client
 */
async function remove(account, client) {
  await deleteClient(account, client.id);
  return `Deleted ${quoted(client)}.`;
}

/**
 * @param {string} account
 * @param {Client} client
 */
async function toggle(account, client) {
  await editClient(account, client.id, { isActive: !client.isActive });
  return `${client.isActive ? "Deactivated" : "Activated"} ${quoted(client)}.`;
}

let works = 0;

/**
 * Changes something, draws what has become of it, and says so last.
 *
 * @param {() => Promise<string>} change
 */
async function working(change) {
  works += 1;
  try {
    const sentence = await change();
    await refresh();
    say(sentence);
  } finally {
    works -= 1;
  }
}

byId("filters", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
});
find.addEventListener("input", () => {
  state.find = find.value;
  draw();
});
listed.addEventListener("change", () => {
  state.listed = listed.value;
  draw();
});
accountChoice.addEventListener("change", () => {
  state.account = state.accounts.find(({ id }) => id === accountChoice.value);
  state.clients = [];
  refresh().catch(complain);
});
byId("add", HTMLButtonElement).addEventListener("click", () => {
  const account = current().id;
  say("");
  openEditor(undefined, roles(), (fields) =>
    working(async () => {
      await addClient(account, fields);
      return `Created ${quoted(fields)}.`;
    }),
  );
});

/** Follows what others do to the account, such as Pulumi; while a window is open, what is under it stays. */
async function follow() {
  try {
    const isBusy = works > 0 || document.hidden || document.querySelector("dialog[open]") !== null;
    const isFirst = state.accounts.length === 0;
    const changed = !isBusy && (await refresh());
    if (changed && !isFirst) say("The account has changed.");
    if (!isBusy) byId("problem", HTMLElement).textContent = "";
  } catch (error) {
    complain(error);
  }
  setTimeout(() => void follow(), PAUSE_MS);
}

void follow();
