// The window in which a client is made or edited, and the one that asks before a delete.
import { byId, complain, element } from "./dom.js";

/** @typedef {import("./api.js").Client} Client */
/** @typedef {import("./api.js").ClientFields} ClientFields */
/** @typedef {(fields: ClientFields) => Promise<void>} Save */

const editor = byId("editor", HTMLDialogElement);
const form = byId("editor-form", HTMLFormElement);
const name = byId("name", HTMLInputElement);
const roleBoxes = byId("roles", HTMLElement);
const type = byId("type", HTMLSelectElement);
const mode = byId("mode", HTMLSelectElement);
const entries = byId("entries", HTMLTextAreaElement);
const active = byId("active", HTMLInputElement);
const saveButton = byId("save", HTMLButtonElement);

/** @type {Required<Omit<ClientFields, "grantedRoles">>} */
const BLANK = {
  name: "",
  clientType: "JavaScript",
  sharedMode: "Origin",
  allowedOrigins: [],
  allowedIpAddresses: [],
  isActive: true,
};

/**
 * Opens the editor; save is called with the fields that differ, and the window stays open if it fails.
 *
 * @param {Client | undefined} client
 * @param {string[]} roles
 * @param {Save} save
 */
export function openEditor(client, roles, save) {
  const before = client ?? { ...BLANK, grantedRoles: roles };
  const isOfOrigins = before.clientType === "JavaScript" && before.sharedMode === "Origin";
  byId("editor-title", HTMLElement).textContent = client === undefined ? "Create client" : "Edit client";
  byId("editor-problem", HTMLElement).textContent = "";
  name.value = before.name;
  type.value = before.clientType;
  type.disabled = client !== undefined;
  mode.value = isOfOrigins ? "Origin" : "IpAddress";
  entries.value = (isOfOrigins ? before.allowedOrigins : before.allowedIpAddresses).join("\n");
  active.checked = before.isActive;
  drawRoles(roles, before.grantedRoles);
  followType();
  type.onchange = followType;
  byId("cancel", HTMLButtonElement).onclick = () => {
    editor.close();
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    void submit(client, save);
  };
  editor.showModal();
  name.focus();
}

/**
 * @param {Client | undefined} client
 * @param {Save} save
 */
async function submit(client, save) {
  saveButton.disabled = true;
  byId("editor-problem", HTMLElement).textContent = "";
  try {
    await save(client === undefined ? written() : difference(client, written()));
    editor.close();
  } catch (error) {
    complain(error, "editor-problem");
  } finally {
    saveButton.disabled = false;
  }
}

/**
 * @param {string[]} roles
 * @param {string[]} granted also a role that the account has no more
 */
function drawRoles(roles, granted) {
  const boxes = [...new Set([...roles, ...granted])].map((role, index) => {
    const box = element("input", { type: "checkbox", id: `role-${index}`, value: role });
    box.checked = granted.includes(role);
    return element("div", { class: "check" }, box, element("label", { for: box.id }, role));
  });
  roleBoxes.replaceChildren(...boxes);
}

/** A NativeConfidential client has no origins. */
function followType() {
  const isNative = type.value === "NativeConfidential";
  if (isNative) mode.value = "IpAddress";
  mode.disabled = isNative;
}

/** @returns {ClientFields} */
function written() {
  const isOfOrigins = mode.value === "Origin";
  const lines = entries.value.split("\n").map((line) => line.trim());
  const list = lines.filter((line) => line !== "");
  /** @type {NodeListOf<HTMLInputElement>} */
  const granted = roleBoxes.querySelectorAll("input:checked");
  return {
    name: name.value,
    clientType: type.value === "JavaScript" ? "JavaScript" : "NativeConfidential",
    sharedMode: isOfOrigins ? "Origin" : "IpAddress",
    allowedOrigins: isOfOrigins ? list : [],
    allowedIpAddresses: isOfOrigins ? [] : list,
    grantedRoles: [...granted].map((box) => box.value),
    isActive: active.checked,
  };
}

/**
 * Only what was edited: what somebody else changes in the meantime stays.
 *
 * @param {Client} client
 * @param {ClientFields} fields
 * @returns {ClientFields}
 */
function difference(client, fields) {
  const before = new Map(Object.entries(client));
  const edited = Object.entries(fields).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before.get(key)),
  );
  return Object.fromEntries(edited);
}

/**
 * Whether the person means it.
 *
 * @param {string} text
 * @returns {Promise<boolean>}
 */
export function confirmDelete(text) {
  byId("confirm-text", HTMLElement).textContent = text;
  const dialog = byId("confirm", HTMLDialogElement);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => {
    // The event of an earlier question may come when this one is open already.
    dialog.onclose = () => {
      if (!dialog.open) done(dialog.returnValue === "delete");
    };
  });
}
