import * as z from "zod";
import { CWD, jsonOption, stackOption, type Option } from "../verb";
import { DAY_MS } from "./dates";

/** Deletions of one run, where --most says nothing. */
export const DEFAULT_MOST = 50;

export const OPTIONS: readonly Option[] = [
  { name: "prefix", value: "TEXT", text: "how the names of the clients begin; at least 2 characters" },
  {
    name: "older-than",
    value: "7d|2w",
    text: "only clients that are known to be older, and were not used since; in days or weeks",
  },
  stackOption("a stack whose clients are not touched; the first one's configuration signs in", true),
  { name: "all-stacks", text: "every stack of the project" },
  CWD,
  {
    name: "file",
    value: "FILE",
    repeated: true,
    text: 'such a stack as "pulumi stack export --file FILE" wrote it',
  },
  { name: "no-stacks", text: "no stack owns any of these clients: all that match are left behind" },
  { name: "dry-run", text: "show what would be deleted, and change nothing in the account" },
  { name: "yes", short: "y", text: "delete without a question; needed where nobody can be asked" },
  { name: "deactivate", text: "switch the clients off instead of deleting them: that can be undone" },
  { name: "inactive", text: "also clients that are switched off already" },
  {
    name: "seen",
    value: "FILE",
    text: "remember here when a client without a date was first seen; made if it is not there",
  },
  { name: "ignore-usage", text: "go by age alone where ThinkGeo tells nothing of use" },
  {
    name: "most",
    value: "N",
    text: `delete nothing at all if it would be more than N (default ${DEFAULT_MOST})`,
  },
  jsonOption("print JSON (docs/schemas/sweep.schema.json)"),
];

const text = z.string().min(1, "must not be empty");
const flag = z.boolean().default(false);

const prefix = z
  .string({ error: "is required: it alone says which clients are meant" })
  .refine((value) => value.trim().length >= 2, {
    error:
      "wants at least 2 characters: fewer begin the names of clients that have nothing to do with each other",
  })
  .refine((value) => !value.includes("*"), {
    error: "is the beginning of a name as it is, not a pattern: leave out the star",
  });

const DAYS = { d: 1, w: 7 } as const;

const period = z
  .string({ error: "is required: a run that is just making a client has not written it into its stack yet" })
  .transform((value, context) => {
    const [, number = "", unit] = /^(\d{1,4})([dw])$/.exec(value) ?? [];
    const days = Number(number) * DAYS[unit === "w" ? "w" : "d"];
    if (days >= 1) return days * DAY_MS;
    context.addIssue({
      code: "custom",
      message: 'takes whole days or weeks, at least one day: "7d" or "2w"',
    });
    return z.NEVER;
  });

export const sweepOptions = z
  .strictObject({
    prefix,
    "older-than": period,
    stack: z.array(text).default([]),
    "all-stacks": flag,
    cwd: text.default("."),
    file: z.array(text).default([]),
    "no-stacks": flag,
    "dry-run": flag,
    yes: flag,
    deactivate: flag,
    inactive: flag,
    seen: text.optional(),
    "ignore-usage": flag,
    most: z
      .string()
      .default(String(DEFAULT_MOST))
      .refine((value) => /^[1-9]\d{0,4}$/.test(value), { error: "takes a number from 1 to 99999" })
      .transform(Number),
    json: flag,
    positionals: z.array(z.string()).max(0, "sweep takes options only"),
  })
  .superRefine((options, context) => {
    const wrong = (message: string): void => {
      context.addIssue({ code: "custom", message });
    };
    const knowsStacks = options.stack.length > 0 || options.file.length > 0 || options["all-stacks"];
    if (!knowsStacks && !options["no-stacks"])
      wrong(
        "say which stacks own clients: --stack, --all-stacks or --file. A sweep that knows no stack takes every client for left behind; if that is right, say --no-stacks",
      );
    if (knowsStacks && options["no-stacks"])
      wrong("--no-stacks says that there is none, and --stack, --all-stacks and --file name some: choose");
    if (options.yes && options["dry-run"]) wrong("--dry-run deletes nothing, and --yes does: choose");
    if (options.inactive && options.deactivate)
      wrong("--inactive is of use when clients are deleted: those that are off cannot be switched off");
  });

export type SweepOptions = z.infer<typeof sweepOptions>;
