import { byId, element } from "./dom.js";

/** @typedef {import("./api.js").Client} Client */
/** @typedef {"keys" | "edit" | "active" | "delete"} Action */
/** @typedef {(action: Action, client: Client) => void} Act */

/**
 * What the page holds.
 *
 * @typedef {object} State
 * @property {import("./api.js").Account[]} accounts
 * @property {import("./api.js").Account | undefined} account the one that is shown
 * @property {Client[]} clients
 * @property {string} listed all, active or inactive
 * @property {string} find
 * @property {Set<string>} shown GUIDs of the clients whose keys are shown
 */

const MOST_ROWS = 200;

/**
 * Draws the clients that are asked for; focus stays on the button that has it.
 *
 * @param {State} state
 * @param {Act} act
 */
export function drawTable(state, act) {
  const focused = document.activeElement?.getAttribute("data-focus") ?? undefined;
  const wanted = state.find.trim().toLowerCase();
  const fitting = state.clients.filter(
    (client) =>
      (state.listed === "all" || client.isActive === (state.listed === "active")) &&
      (client.name.toLowerCase().includes(wanted) || client.id.toLowerCase() === wanted),
  );
  const rows = fitting.slice(0, MOST_ROWS).map((client) => row(client, state, act));
  byId("clients", HTMLElement).replaceChildren(...rows);
  byId("count", HTMLElement).textContent =
    fitting.length > MOST_ROWS
      ? `The first ${MOST_ROWS} of ${fitting.length} clients: find the others by name.`
      : `${fitting.length} ${fitting.length === 1 ? "client" : "clients"}.`;
  if (focused === undefined || document.activeElement !== document.body) return;
  const again = [...document.querySelectorAll("button")].find(
    (button) => button.getAttribute("data-focus") === focused,
  );
  (again ?? byId("title", HTMLElement)).focus();
}

/**
 * @param {Client} client
 * @param {State} state
 * @param {Act} act
 */
function row(client, state, act) {
  const name = element("th", { role: "rowheader", scope: "row" }, element("bdi", {}, client.name));
  if (client.id === state.account?.operatorId)
    name.append(element("p", { class: "tag" }, "Pulumi signs in with this one"));
  const cells = [
    cell("Type", client.clientType),
    cell("Keys", keys(client, state.shown.has(client.id))),
    cell("Active", client.isActive ? "Yes" : "No"),
    cell("Accepts requests from", whitelist(client)),
    cell("Roles", client.grantedRoles.length === 0 ? "None" : client.grantedRoles.join(", ")),
    element("td", { role: "cell" }, buttons(client, state.shown.has(client.id), act)),
  ];
  const made = element("tr", { role: "row", "data-client": client.id }, name, ...cells);
  made.classList.toggle("off", !client.isActive);
  return made;
}

/**
 * @param {string} label
 * @param {Node | string} content
 */
const cell = (label, content) => element("td", { role: "cell", "data-label": label }, content);

/**
 * @param {Client} client
 * @param {boolean} isOpen
 */
function keys(client, isOpen) {
  if (!isOpen) return "Hidden";
  if (client.clientType === "JavaScript") return keyLine("API key", client.apiKey);
  const lines = [keyLine("Client ID", client.apiKey), keyLine("Client secret", client.apiSecret)];
  return element("div", {}, ...lines);
}

/**
 * @param {string} label
 * @param {string} value
 */
const keyLine = (label, value) => element("p", {}, `${label}: `, element("code", {}, value));

/** @param {Client} client */
function whitelist(client) {
  const isOfOrigins = client.clientType === "JavaScript" && client.sharedMode === "Origin";
  const entries = isOfOrigins ? client.allowedOrigins : client.allowedIpAddresses;
  if (entries.length === 0) return `Everywhere: no ${isOfOrigins ? "origins" : "IP addresses"} have been set`;
  return element("ul", {}, ...entries.map((entry) => element("li", {}, element("bdi", {}, entry))));
}

/**
 * @param {Client} client
 * @param {boolean} isOpen
 * @param {Act} act
 */
function buttons(client, isOpen, act) {
  /**
   * @param {Action} action
   * @param {string} text
   * @param {Readonly<Record<string, string>>} attributes
   */
  const button = (action, text, attributes = {}) => {
    const made = element("button", { type: "button", ...attributes }, text);
    made.setAttribute("data-focus", `${client.id} ${action}`);
    made.ariaLabel = `${text} ${client.name}`;
    made.addEventListener("click", () => {
      act(action, client);
    });
    return made;
  };
  return element(
    "div",
    { class: "buttons" },
    button("keys", isOpen ? "Hide keys" : "Show keys", { "aria-expanded": String(isOpen) }),
    button("edit", "Edit"),
    button("active", client.isActive ? "Deactivate" : "Activate"),
    button("delete", "Delete", { class: "danger" }),
  );
}
