import { plot } from "./plot.mjs";

const STEPS = ["up", "noop", "refresh", "drift", "update", "destroy"];
const DASHES = ["", "6 3", "2 3"];
const COLORS = {
  ours: "#1565c0",
  "engine floor": "#777",
  "same-state floor": "#aaa",
  "native floor": "#00897b",
  "wire floor": "#ef6c00",
  peer: "#7b1fa2",
};

/**
 * Cost against the number of clients.
 *
 * @param {import("./figures.mjs").Figures} figures
 */
export function costPlot(figures) {
  const measured = figures.list({ part: "engine", metric: "wall" });
  const sizes = distinct(measured.map(({ clients }) => clients));
  const latencies = distinct(measured.map(({ latency }) => latency));
  const perStep = STEPS.map((step) => ({
    title: `${step}: seconds, by clients of the stack`,
    series: Object.entries(COLORS).flatMap(([subject, color]) =>
      (["engine floor", "same-state floor", "native floor"].includes(subject) ? [undefined] : latencies).map(
        (latency, index) => ({
          name: latency === undefined ? subject : `${subject}, ${latency} ms`,
          color,
          dash: DASHES[index % DASHES.length] ?? "",
          points: sizes.flatMap((clients) => {
            const key = { part: "engine", step, subject, metric: "wall", clients };
            const figure = figures.get(latency === undefined ? key : { ...key, latency });
            return figure === undefined || figure.median <= 0 ? [] : [{ x: clients, y: figure.median }];
          }),
        }),
      ),
    ),
  }));
  const accounts = ["list", "drift", "export"].map((step, index) => ({
    name: `thinkgeo ${step}`,
    color: "#2e7d32",
    dash: DASHES[index] ?? "",
    points: figures
      .list({ part: "drift", step, metric: "CPU beyond Node.js" })
      .flatMap(({ clients, median }) =>
        clients === undefined || median <= 0 ? [] : [{ x: clients, y: median }],
      ),
  }));
  return plot([...perStep, { title: "whole accounts: CPU seconds, by clients", series: accounts }]);
}

/** @param {(number | undefined)[]} numbers */
const distinct = (numbers) =>
  [...new Set(numbers)].filter((number) => number !== undefined).sort((left, right) => left - right);
