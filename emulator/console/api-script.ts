/** The administrative path, as the page uses it. */
export const apiScript = String.raw`export async function ask(method, path, body) {
  const headers = { accept: "application/json", "content-type": "application/json" };
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  let answer;
  try {
    answer = await fetch("/emulator" + path, { method, headers, ...content });
  } catch {
    throw new Error("The emulator does not answer. Is it still running?");
  }
  const text = await answer.text();
  if (answer.ok) return text === "" ? undefined : JSON.parse(text);
  let reason = "";
  try {
    reason = JSON.parse(text).error;
  } catch {
    // It was no JSON, so there is no sentence in it.
  }
  throw new Error(reason || "The emulator answered HTTP " + answer.status + ".");
}

const of = (account) => "/accounts/" + encodeURIComponent(account) + "/clients";
const one = (account, id) => of(account) + "/" + encodeURIComponent(id);

export const accounts = () => ask("GET", "/accounts");
export const clientsOf = (account) => ask("GET", of(account));
export const addClient = (account, fields) => ask("POST", of(account), fields);
export const editClient = (account, id, fields) => ask("PATCH", one(account, id), fields);
export const deleteClient = (account, id) => ask("DELETE", one(account, id));
`;
