import type { Verb } from "./verb";

type Load = () => Verb;

/* Each verb is loaded when it is asked for: `thinkgeo explain` should not wait for what `thinkgeo drift` needs. */
/* eslint-disable @typescript-eslint/no-require-imports */
export const VERBS: Readonly<Record<string, Load>> = {
  drift: () => (require("./drift") as typeof import("./drift")).drift,
  doctor: () => (require("./doctor") as typeof import("./doctor")).doctor,
  export: () => (require("./export") as typeof import("./export")).exportVerb,
  explain: () => (require("./explain") as typeof import("./explain")).explain,
  sweep: () => (require("./sweep") as typeof import("./sweep")).sweep,
  emulator: () => (require("./emulator") as typeof import("./emulator")).emulator,
  completion: () => (require("./completion") as typeof import("./completion")).completionOf(allVerbs),
};

const allVerbs = (): Readonly<Record<string, Verb>> =>
  Object.fromEntries(Object.entries(VERBS).map(([name, load]) => [name, load()]));
