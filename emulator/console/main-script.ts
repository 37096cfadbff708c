/** What the page holds, what its buttons do, and that it follows the account. */
export const mainScript = String.raw`import { accounts, addClient, clientsOf, deleteClient, editClient } from "./api.js";
import { byId, complain, element, say, shown } from "./dom.js";
import { confirmDelete, openEditor } from "./editor.js";
import { drawTable } from "./table.js";

const PAUSE_MS = 1000;
const state = { accounts: [], account: undefined, clients: [], listed: "all", find: "", shown: new Set() };
const quoted = (client) => "“" + shown(client.name) + "”";
const draw = () => drawTable(state, (key, client) => void act(key, client));

let latest = 0;

/** Whether the account has changed. An answer that a later question has overtaken counts for nothing. */
async function refresh() {
  const turn = ++latest;
  const all = await accounts();
  if (turn !== latest) return false;
  if (JSON.stringify(all) !== JSON.stringify(state.accounts)) drawAccounts(all);
  const clients = await clientsOf(state.account.id);
  if (turn !== latest || JSON.stringify(clients) === JSON.stringify(state.clients)) return false;
  state.clients = clients;
  draw();
  return true;
}

function drawAccounts(all) {
  state.accounts = all;
  state.account = all.find(({ id }) => id === state.account?.id) ?? all[0];
  byId("account").replaceChildren(...all.map(({ id, name }) => element("option", { value: id }, name)));
  byId("account").value = state.account.id;
}

async function act(key, client) {
  const account = state.account.id;
  // What is said twice is heard twice only if it was gone in between.
  say("");
  if (key === "keys") return showKeys(client);
  if (key === "edit") {
    return openEditor(client, roles(), (fields) => working(async () => {
      const isEdited = Object.keys(fields).length > 0;
      if (isEdited) await editClient(account, client.id, fields);
      return isEdited ? "Saved " + quoted(client) + "." : "Nothing was changed.";
    }));
  }
  try {
    if (key === "delete" && !(await confirmDelete(quoted(client) + " and its keys will be gone for good."))) return;
    await working(async () => {
      if (key === "delete") await deleteClient(account, client.id);
      else await editClient(account, client.id, { isActive: !client.isActive });
      return (key === "delete" ? "Deleted " : client.isActive ? "Deactivated " : "Activated ") + quoted(client) + ".";
    });
  } catch (error) {
    complain(error);
  }
}

function showKeys(client) {
  const wasOpen = state.shown.delete(client.id);
  if (!wasOpen) state.shown.add(client.id);
  draw();
  say((wasOpen ? "Hides" : "Shows") + " the keys of " + quoted(client) + ".");
}

const roles = () => state.account.roles.map(({ name }) => name);

let works = 0;

/** Changes something, draws what has become of it, and says so last. */
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

byId("filters").addEventListener("submit", (event) => event.preventDefault());
byId("find").addEventListener("input", ({ target }) => {
  state.find = target.value;
  draw();
});
byId("listed").addEventListener("change", ({ target }) => {
  state.listed = target.value;
  draw();
});
byId("account").addEventListener("change", ({ target }) => {
  state.account = state.accounts.find(({ id }) => id === target.value);
  state.clients = [];
  refresh().catch(complain);
});
byId("add").addEventListener("click", () => {
  const account = state.account.id;
  say("");
  openEditor(undefined, roles(), (fields) => working(async () => {
    await addClient(account, fields);
    return "Created " + quoted(fields) + ".";
  }));
});

/** Follows what others do to the account, such as Pulumi; while a window is open, what is under it stays. */
async function follow() {
  try {
    const isBusy = works > 0 || document.hidden || document.querySelector("dialog[open]") !== null;
    const isFirst = state.accounts.length === 0;
    const changed = !isBusy && (await refresh());
    if (changed && !isFirst) say("The account has changed.");
    if (!isBusy) byId("problem").textContent = "";
  } catch (error) {
    complain(error);
  }
  setTimeout(() => void follow(), PAUSE_MS);
}

void follow();
`;
