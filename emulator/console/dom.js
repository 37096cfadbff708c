// Elements, made without ever reading text as HTML.

const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu;

/**
 * The element of the page that has this id and is of this type.
 *
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function byId(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`The page has no ${type.name} called ${id}.`);
  return found;
}

/**
 * Text in which nothing is invisible and nothing runs backwards.
 *
 * @param {string} text
 */
export const shown = (text) =>
  text.replace(UNPRINTABLE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

/**
 * element("td", { "data-label": "Name" }, "text", child, …)
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Readonly<Record<string, string>>} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  for (const child of children) made.append(typeof child === "string" ? shown(child) : child);
  return made;
}

/**
 * Says in a sentence what happened, to those who look and to those who listen.
 *
 * @param {string} text
 */
export function say(text) {
  byId("status", HTMLElement).textContent = shown(text);
  byId("problem", HTMLElement).textContent = "";
}

/**
 * @param {unknown} error
 * @param {string} place id of the element that shows it
 */
export function complain(error, place = "problem") {
  byId(place, HTMLElement).textContent = shown(error instanceof Error ? error.message : String(error));
}
