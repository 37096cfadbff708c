/** The list of clients. */
export const tableScript = String.raw`import { byId, element } from "./dom.js";

const MOST_ROWS = 200;

/** Draws the clients that are asked for; focus stays on the button that has it. */
export function drawTable(state, act) {
  const focused = document.activeElement?.getAttribute("data-focus");
  const wanted = state.find.trim().toLowerCase();
  const fitting = state.clients.filter((client) =>
    (state.listed === "all" || client.isActive === (state.listed === "active")) &&
    (client.name.toLowerCase().includes(wanted) || client.id.toLowerCase() === wanted));
  const rows = fitting.slice(0, MOST_ROWS).map((client) => row(client, state, act));
  byId("clients").replaceChildren(...rows);
  byId("count").textContent = fitting.length > MOST_ROWS
    ? "The first " + MOST_ROWS + " of " + fitting.length + " clients: find the others by name."
    : fitting.length + (fitting.length === 1 ? " client." : " clients.");
  if (focused === undefined || focused === null) return;
  const again = [...document.querySelectorAll("[data-focus]")].find((one) => one.getAttribute("data-focus") === focused);
  if (document.activeElement === document.body) (again ?? byId("title")).focus();
}

function row(client, state, act) {
  const isOperator = client.id === state.account?.operatorId;
  const name = element("th", { role: "rowheader", scope: "row" }, element("bdi", {}, client.name));
  if (isOperator) name.append(element("p", { class: "tag" }, "Pulumi signs in with this one"));
  const cells = [
    cell("Type", client.clientType),
    cell("Keys", keys(client, state.shown.has(client.id))),
    cell("Active", client.isActive ? "Yes" : "No"),
    cell("Accepts requests from", whitelist(client)),
    cell("Roles", client.grantedRoles.length === 0 ? "None" : client.grantedRoles.join(", ")),
    cell("", buttons(client, state, act)),
  ];
  const made = element("tr", { role: "row", "data-client": client.id }, name, ...cells);
  made.classList.toggle("off", !client.isActive);
  return made;
}

const cell = (label, content) =>
  element("td", label === "" ? { role: "cell" } : { role: "cell", "data-label": label }, content);

function keys(client, open) {
  if (!open) return "Hidden";
  const isNative = client.clientType === "NativeConfidential";
  const line = (label, value) => element("p", {}, label + ": ", element("code", {}, value));
  return isNative
    ? element("div", {}, line("Client ID", client.apiKey), line("Client secret", client.apiSecret))
    : line("API key", client.apiKey);
}

function whitelist(client) {
  const ofOrigins = client.clientType === "JavaScript" && client.sharedMode === "Origin";
  const entries = ofOrigins ? client.allowedOrigins : client.allowedIpAddresses;
  if (entries.length === 0) return "Everywhere: no " + (ofOrigins ? "origins" : "IP addresses") + " have been set";
  return element("ul", {}, ...entries.map((entry) => element("li", {}, element("bdi", {}, entry))));
}

function buttons(client, state, act) {
  const button = (key, text, attributes = {}) => {
    const made = element("button", {
      type: "button",
      "data-focus": client.id + " " + key,
      "aria-label": text + " " + client.name,
      ...attributes,
    }, text);
    made.addEventListener("click", () => act(key, client));
    return made;
  };
  const open = state.shown.has(client.id);
  return element("div", { class: "buttons" },
    button("keys", open ? "Hide keys" : "Show keys", { "aria-expanded": String(open) }),
    button("edit", "Edit"),
    button("active", client.isActive ? "Deactivate" : "Activate"),
    button("delete", "Delete", { class: "danger" }));
}
`;
