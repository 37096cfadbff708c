/** Elements, made without ever reading text as HTML. */
export const domScript = String.raw`const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu;

export const byId = (id) => document.getElementById(id);

/** Text in which nothing is invisible and nothing runs backwards. */
export const shown = (text) =>
  String(text).replace(UNPRINTABLE, (sign) => "\\u" + sign.charCodeAt(0).toString(16).padStart(4, "0"));

/** element("td", { "data-label": "Name" }, "text", child, …) */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  for (const child of children) made.append(typeof child === "string" ? shown(child) : child);
  return made;
}

/** Says in a sentence what happened, to those who look and to those who listen. */
export function say(text) {
  byId("status").textContent = shown(text);
  byId("problem").textContent = "";
}

export function complain(error, place = "problem") {
  byId(place).textContent = shown(error instanceof Error ? error.message : error);
}
`;
