import * as z from "zod";
import {
  CWD,
  flag,
  jsonOption,
  repeated,
  single,
  stacksOption,
  type Option,
  type Options,
  wholeNumber,
  type Values,
} from "../command";
import { DAY_MS } from "../days";

const PREFIX: Option<string> = {
  text: "beginning of the names of the clients to look at; at least 2 characters",
  value: "TEXT",
  type: z
    .string({ error: "is required: it alone says which clients are meant" })
    .refine((value) => value.trim().length >= 2, {
      error:
        "wants at least 2 characters: fewer begin the names of clients that have nothing to do with each other",
    })
    .refine((value) => !value.includes("*"), {
      error: "is the beginning of a name as it is, not a pattern: leave out the star",
    }),
};

const DAYS = { d: 1, w: 7 } as const;

/** In milliseconds. */
const OLDER_THAN: Option<number> = {
  text: "only clients that are known to be older and were not used since, in days or weeks",
  value: "7d|2w",
  type: z
    .string({
      error: "is required: a run that is just making a client has not written it into its stack yet",
    })
    .transform((value, context) => {
      const [, number = "", unit] = /^(\d{1,4})([dw])$/.exec(value) ?? [];
      const days = Number(number) * DAYS[unit === "w" ? "w" : "d"];
      if (days >= 1) return days * DAY_MS;
      context.addIssue({
        code: "custom",
        message: 'takes whole days or weeks, at least one day: "7d" or "2w"',
      });
      return z.NEVER;
    }),
};

const DEFAULT_MOST = 50;

export const OPTIONS = {
  prefix: PREFIX,
  "older-than": OLDER_THAN,
  stack: stacksOption("a stack whose clients are kept; the first one's configuration authenticates"),
  "all-stacks": flag("keep the clients of every stack of the project"),
  cwd: CWD,
  file: repeated("FILE", 'a stack whose clients are kept, as written by "pulumi stack export --file FILE"'),
  "no-stacks": flag("no stack owns these clients: all that match are orphaned"),
  "dry-run": flag("show what would be deleted, and change nothing in the account"),
  yes: flag("delete without a question; required without a terminal", "y"),
  deactivate: flag("deactivate the clients instead of deleting them, which can be undone"),
  inactive: flag("also delete clients that are deactivated already"),
  seen: single("FILE", "file that records when a client without a date was first seen; created if missing"),
  "ignore-usage": flag("decide by age alone if ThinkGeo returns no usage"),
  most: wholeNumber(
    `delete nothing if it would be more than N (default: ${DEFAULT_MOST})`,
    DEFAULT_MOST,
    1,
    99_999,
  ),
  json: jsonOption("print JSON (docs/schemas/sweep.schema.json)"),
} satisfies Options;

export type SweepOptions = Values<typeof OPTIONS>;

/** What is wrong with the options together. */
export function problemOf(options: SweepOptions): string | undefined {
  const knowsStacks = options.stack.length > 0 || options.file.length > 0 || options["all-stacks"];
  if (!knowsStacks && !options["no-stacks"])
    return "say which stacks own clients: --stack, --all-stacks or --file. A sweep that knows no stack takes every client for orphaned; if that is right, say --no-stacks";
  if (knowsStacks && options["no-stacks"])
    return "--no-stacks says that there is none, and --stack, --all-stacks and --file name some: choose";
  if (options.yes && options["dry-run"]) return "--dry-run deletes nothing, and --yes does: choose";
  if (options.inactive && options.deactivate)
    return "--inactive is of use when clients are deleted: those that are deactivated stay as they are";
  return undefined;
}
