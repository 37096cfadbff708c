/** An element of XML, as far as these tests look at one. */
interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const TOKEN = /<\?xml [^?]*\?>|<\/([\w-]+)>|<([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/y;
const REFERENCE = /&(?!(?:amp|lt|gt|quot|apos|#39);)/;

/** Reads XML as strictly as a reader that was written for it; throws where it is not well-formed. */
export function parseXml(xml: string): Element {
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(xml);
    const parent = open.at(-1);
    if (token === null || parent === undefined) throw new Error(`No XML at ${at}: ${xml.slice(at, at + 80)}`);
    const [, closed, name, attributes = "", empty, text] = token;
    if (text !== undefined || attributes !== "") {
      const bad = REFERENCE.exec(text ?? attributes);
      if (bad !== null) throw new Error(`A bare & at ${at}`);
    }
    if (closed !== undefined && open.pop()?.name !== closed) throw new Error(`</${closed}> closes another`);
    if (name !== undefined) {
      const element = { name, attributes: read(attributes), children: [], text: "" };
      parent.children.push(element);
      if (empty === "") open.push(element);
    }
    if (text !== undefined) parent.text += text;
  }
  const [top, ...others] = root.children;
  if (open.length !== 1 || top === undefined || others.length > 0) throw new Error("Not one root element");
  return top;
}

function read(attributes: string): Record<string, string> {
  const found = [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)];
  const names = found.map(([, name]) => name);
  if (new Set(names).size !== names.length) throw new Error(`An attribute twice in ${attributes}`);
  return Object.fromEntries(found.map(([, name = "", value = ""]) => [name, value]));
}
