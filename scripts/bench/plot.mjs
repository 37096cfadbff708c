/**
 * @typedef {{ name: string, color: string, dash: string, points: { x: number, y: number }[] }} Series
 * @typedef {{ title: string, series: Series[] }} Panel
 */

const WIDTH = 300;
const HEIGHT = 240;
const MARGIN = { left: 44, right: 12, top: 28, bottom: 34 };
const COLUMNS = 3;
const LEGEND_LINE = 18;

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** @param {number} value */
const label = (value) => (value >= 1000 ? `${value / 1000}k` : `${Number(value.toPrecision(1))}`);

/**
 * Powers of ten from below the smallest to above the largest.
 *
 * @param {number[]} values
 */
function decades(values) {
  const [from, to] = [
    Math.floor(Math.log10(Math.min(...values))),
    Math.ceil(Math.log10(Math.max(...values))),
  ];
  return Array.from({ length: Math.max(1, to - from) + 1 }, (_, index) => 10 ** (from + index));
}

/**
 * @param {number[]} ticks
 * @param {number} start
 * @param {number} end
 */
function logarithmic(ticks, start, end) {
  const [low, high] = [Math.log10(ticks[0] ?? 1), Math.log10(ticks.at(-1) ?? 10)];
  return (/** @type {number} */ value) => start + ((Math.log10(value) - low) / (high - low)) * (end - start);
}

/**
 * @param {Panel} panel
 * @param {number} left
 * @param {number} top
 */
function drawn({ title, series }, left, top) {
  const points = series.flatMap((one) => one.points);
  const [columns, rows] = [decades(points.map(({ x }) => x)), decades(points.map(({ y }) => y))];
  const x = logarithmic(columns, MARGIN.left, WIDTH - MARGIN.right);
  const y = logarithmic(rows, HEIGHT - MARGIN.bottom, MARGIN.top);
  const place = (/** @type {number} */ value) => value.toFixed(1);
  const grid = [
    ...columns.map(
      (tick) =>
        `<path class="grid" d="M${place(x(tick))} ${MARGIN.top}V${HEIGHT - MARGIN.bottom}"/><text x="${place(x(tick))}" y="${HEIGHT - 18}" text-anchor="middle">${label(tick)}</text>`,
    ),
    ...rows.map(
      (tick) =>
        `<path class="grid" d="M${MARGIN.left} ${place(y(tick))}H${WIDTH - MARGIN.right}"/><text x="${MARGIN.left - 6}" y="${place(y(tick) + 4)}" text-anchor="end">${label(tick)}</text>`,
    ),
  ];
  const lines = series.map(({ color, dash, points: own }) => {
    const at = own.map((point) => `${place(x(point.x))} ${place(y(point.y))}`);
    const dots = own.map(
      (point) => `<circle cx="${place(x(point.x))}" cy="${place(y(point.y))}" r="2.5" fill="${color}"/>`,
    );
    return `<path d="M${at.join("L")}" fill="none" stroke="${color}" stroke-width="1.8" stroke-dasharray="${dash}"/>${dots.join("")}`;
  });
  const heading = `<text class="title" x="${MARGIN.left}" y="18">${escaped(title)}</text>`;
  return `<g transform="translate(${left} ${top})">${heading}${grid.join("")}${lines.join("")}</g>`;
}

/**
 * What the lines mean, on as many lines of text as it takes.
 *
 * @param {Series[]} series
 * @param {number} width
 */
function legendOf(series, width) {
  let [left, row] = [MARGIN.left, 0];
  const entries = series.map(({ name, color, dash }) => {
    const needed = 50 + name.length * 6.5;
    if (left + needed > width) [left, row] = [MARGIN.left, row + 1];
    const y = 14 + row * LEGEND_LINE;
    const entry = `<path d="M${left} ${y}h24" stroke="${color}" stroke-width="1.8" stroke-dasharray="${dash}"/><text x="${left + 30}" y="${y + 4}">${escaped(name)}</text>`;
    left += needed;
    return entry;
  });
  return { text: entries.join(""), height: 12 + (row + 1) * LEGEND_LINE };
}

/**
 * Panels of lines on logarithmic axes, as SVG. A panel in which nothing was measured twice is left out.
 *
 * @param {Panel[]} all
 */
export function plot(all) {
  const panels = all
    .map(({ title, series }) => ({ title, series: series.filter(({ points }) => points.length > 0) }))
    .filter(({ series }) => series.length > 0);
  const width = COLUMNS * WIDTH;
  const names = new Map(panels.flatMap(({ series }) => series.map((one) => [one.name, one])));
  const legend = legendOf([...names.values()], width);
  const height = legend.height + Math.ceil(panels.length / COLUMNS) * HEIGHT;
  const body = panels.map((panel, index) =>
    drawn(panel, (index % COLUMNS) * WIDTH, legend.height + Math.floor(index / COLUMNS) * HEIGHT),
  );
  const style = "text{font:11px sans-serif;fill:#333}.title{font-weight:bold}.grid{stroke:#ddd;fill:none}";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><style>${style}</style><rect width="100%" height="100%" fill="#fff"/>${legend.text}${body.join("")}</svg>\n`;
}
