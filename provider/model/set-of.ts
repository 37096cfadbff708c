import * as z from "zod";
import { printable } from "./printable";
import { UNKNOWN } from "./unknown";

/** What is wrong with one element of a list, or text that elements share exactly if they mean the same. */
export type Judgement = { readonly objection: string } | { readonly meaning: string };

/** A list without two elements that mean the same. Each is read once: there may be thousands. */
export const setOf = (judge: (value: string) => Judgement) =>
  z
    .array(z.custom<string>(), { error: "must be a list" })
    .superRefine((list: readonly unknown[], context) => {
      const seen = new Map<string, number>();
      const object = (index: number, message: string): void => {
        context.addIssue({ code: "custom", path: [index], message });
      };
      for (const [index, value] of list.entries()) {
        if (value === UNKNOWN) continue;
        if (typeof value !== "string") {
          object(index, "must be a string");
          continue;
        }
        const judgement = judge(value);
        if ("objection" in judgement) {
          object(index, printable(judgement.objection));
          continue;
        }
        const first = seen.get(judgement.meaning);
        if (first === undefined) seen.set(judgement.meaning, index);
        else object(index, printable(`"${value.slice(0, 80)}" repeats element ${first}: leave one out`));
      }
    });
