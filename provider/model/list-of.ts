import * as z from "zod";
import type { Objection } from "./problems";
import { UNKNOWN } from "./unknown";

/** What is wrong with one element of a list, or what it means. */
export type Judgement<T> = { readonly objection: Objection } | { readonly value: T };

/**
 * A list whose order and repetitions do not matter. Each element is read once: there may be thousands.
 *
 * @param objectTo what is wrong with the list as a whole, by the elements that are known and right
 */
export const listOf = <T>(
  judge: (text: string) => Judgement<T>,
  objectTo: (values: readonly T[], list: readonly unknown[]) => string | undefined,
) =>
  z
    .array(z.custom<string>(), { error: "must be a list" })
    .superRefine((list: readonly unknown[], context) => {
      const values: T[] = [];
      for (const [index, text] of list.entries()) {
        if (text === UNKNOWN) continue;
        const judgement = typeof text === "string" ? judge(text) : NO_STRING;
        if ("value" in judgement) values.push(judgement.value);
        else {
          const { reason, ...params } = judgement.objection;
          context.addIssue({ code: "custom", path: [index], message: reason, params });
        }
      }
      const message = objectTo(values, list);
      if (message !== undefined) context.addIssue({ code: "custom", message });
    });

const NO_STRING = { objection: { reason: "must be a string" } };
