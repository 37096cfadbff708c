import type { ClientRule } from "./client-rule";

/** A key that is renewed by itself is of no use to whoever copied it long ago. */
export const keyAge: ClientRule<{ readonly maximumDays: number; readonly types: readonly string[] }> = {
  name: "thinkgeo-key-age",
  description: "Keys are renewed by a RotatingClient before they are too old.",
  level: "advisory",
  settings: {
    maximumDays: {
      type: "number",
      exclusiveMinimum: 0,
      default: 90,
      description: "The largest rotateAfterDays that is allowed.",
    },
    types: {
      type: "array",
      items: { type: "string", enum: ["JavaScript", "NativeConfidential"] },
      default: ["NativeConfidential"],
      description: "The types of client whose keys must be renewed.",
    },
  },
  findProblems: ({ type, rotating, rotateAfterDays }, { maximumDays, types }) => {
    if (type === undefined || !types.includes(type) || rotateAfterDays === "unknown") return [];
    const wanted = `rotateAfterDays of at most ${maximumDays}`;
    if (!rotating) return [`is never renewed: make it a RotatingClient with ${wanted}.`];
    if (rotateAfterDays === undefined) return [`is renewed only on demand: give it a ${wanted}.`];
    return rotateAfterDays <= maximumDays
      ? []
      : [`is renewed after ${rotateAfterDays} days: give it a ${wanted}.`];
  },
};
