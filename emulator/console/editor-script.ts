/** The window in which a client is made or edited, and the one that asks before a delete. */
export const editorScript = String.raw`import { byId, complain, element } from "./dom.js";

const linesOf = (text) => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
const isOfOrigins = (client) => client.clientType === "JavaScript" && client.sharedMode === "Origin";
const BLANK = { name: "", clientType: "JavaScript", sharedMode: "Origin", allowedOrigins: [], allowedIpAddresses: [], isActive: true };

/** Opens the editor; save is called with the fields that differ, and the window stays open if it fails. */
export function openEditor(client, roles, save) {
  const before = client ?? { ...BLANK, grantedRoles: roles };
  byId("editor-title").textContent = client === undefined ? "Create client" : "Edit client";
  byId("editor-problem").textContent = "";
  byId("name").value = before.name;
  byId("type").value = before.clientType;
  byId("type").disabled = client !== undefined;
  byId("mode").value = isOfOrigins(before) ? "Origin" : "IpAddress";
  byId("entries").value = (isOfOrigins(before) ? before.allowedOrigins : before.allowedIpAddresses).join("\n");
  byId("active").checked = before.isActive;
  drawRoles(roles, before.grantedRoles);
  followType();
  byId("type").onchange = followType;
  byId("cancel").onclick = () => byId("editor").close();
  byId("editor-form").onsubmit = (event) => {
    event.preventDefault();
    void submit(client, save);
  };
  byId("editor").showModal();
  byId("name").focus();
}

async function submit(client, save) {
  byId("save").disabled = true;
  byId("editor-problem").textContent = "";
  try {
    await save(client === undefined ? written() : difference(client, written()));
    byId("editor").close();
  } catch (error) {
    complain(error, "editor-problem");
  } finally {
    byId("save").disabled = false;
  }
}

function drawRoles(roles, granted) {
  // Also a role that the account has no more.
  const all = [...new Set([...roles, ...granted])];
  byId("roles").replaceChildren(...all.map((role, index) => {
    const box = element("input", { type: "checkbox", id: "role-" + index, value: role });
    box.checked = granted.includes(role);
    return element("div", { class: "check" }, box, element("label", { for: box.id }, role));
  }));
}

/** A NativeConfidential client has no origins. */
function followType() {
  const isNative = byId("type").value === "NativeConfidential";
  if (isNative) byId("mode").value = "IpAddress";
  byId("mode").disabled = isNative;
}

function written() {
  const sharedMode = byId("mode").value;
  const entries = linesOf(byId("entries").value);
  return {
    name: byId("name").value,
    clientType: byId("type").value,
    sharedMode,
    allowedOrigins: sharedMode === "Origin" ? entries : [],
    allowedIpAddresses: sharedMode === "IpAddress" ? entries : [],
    grantedRoles: [...byId("roles").querySelectorAll("input:checked")].map((box) => box.value),
    isActive: byId("active").checked,
  };
}

/** Only what was edited: what somebody else changes in the meantime stays. */
function difference(client, fields) {
  return Object.fromEntries(Object.entries(fields).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(client[key])));
}

/** Whether the person means it. */
export function confirmDelete(text) {
  byId("confirm-text").textContent = text;
  const dialog = byId("confirm");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((done) => {
    // The event of an earlier question may come when this one is open already.
    dialog.onclose = () => {
      if (!dialog.open) done(dialog.returnValue === "delete");
    };
  });
}
`;
