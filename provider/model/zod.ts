/**
 * What this package uses of zod. When dist/ is made, zod's own code for these, and nothing else of it, comes into this
 * file (docs/decisions/010-part-of-zod.md).
 */
export {
  array,
  boolean,
  coerce,
  custom,
  enum,
  int,
  iso,
  literal,
  looseObject,
  NEVER,
  number,
  object,
  preprocess,
  record,
  strictObject,
  string,
  union,
  unknown,
} from "zod";
export type { core, infer, ZodType } from "zod";
