import { printable } from "../../../provider/text";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

// Characters that XML cannot hold, in whatever spelling.
const NO_XML = /[\ufffe\uffff]/g;

/** Any text as the content of an element or a quoted attribute, in HTML and in XML. */
export const escaped = (text: string): string =>
  printable(text)
    .replace(NO_XML, "\ufffd")
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
