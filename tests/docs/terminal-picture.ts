/** How a terminal shows the codes that `thinkgeo` prints. */
const COLOURS: Readonly<Record<string, string>> = {
  "1": 'font-weight="bold"',
  "2": 'fill="#9aa5b1"',
  "31": 'fill="#ff8a80"',
  "32": 'fill="#8ddb8c"',
  "33": 'fill="#f2cc60"',
};

const SIGN = { width: 8, height: 20 };
const MARGIN = 16;

/** A picture (SVG) of a terminal with a command and what it printed, in colours; its text is text. */
export function terminalPicture(title: string, command: string, printed: string): string {
  const lines = [`\u001b[1m$ ${command}\u001b[0m`, ...printed.trimEnd().split("\n")];
  const columns = Math.max(...lines.map((line) => plain(line).length));
  const width = columns * SIGN.width + 2 * MARGIN;
  const height = lines.length * SIGN.height + 2 * MARGIN;
  const rows = lines.flatMap((line, index) => {
    const text = plain(line);
    if (text === "") return [];
    const y = MARGIN + (index + 0.75) * SIGN.height;
    // The length that is stated keeps columns in line, whatever font there is.
    const length = `textLength="${text.length * SIGN.width}"`;
    return [`    <text x="${MARGIN}" y="${y}" ${length} xml:space="preserve">${spans(line)}</text>`];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `  <title>${escaped(title)}</title>`,
    `  <rect width="${width}" height="${height}" rx="8" fill="#161b22" />`,
    `  <g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13" fill="#e6edf3">`,
    ...rows,
    `  </g>`,
    `</svg>`,
    ``,
  ].join("\n");
}

const CODE = /\u001b\[(\d+)m/;

const plain = (line: string): string => line.replace(new RegExp(CODE, "g"), "");

/** A line as text with colours: between two codes each text is of the first. */
function spans(line: string): string {
  const [first = "", ...parts] = line.split(CODE);
  const rest = parts.flatMap((code, index) => {
    const text = escaped(parts[index + 1] ?? "");
    if (index % 2 === 1 || text === "") return [];
    return code === "0" ? [text] : [`<tspan ${COLOURS[code] ?? ""}>${text}</tspan>`];
  });
  return escaped(first) + rest.join("");
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
