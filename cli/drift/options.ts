import * as z from "zod";
import { CWD, jsonOption, stackOption, type Option } from "../verb";
import { ALL_KINDS, DEFAULT_FAIL_ON, isKindOfFinding, type Kind } from "./kinds";
import { FORMATS } from "./render";

export const CHECKS = ["evaluation", "usage", "secrets"] as const;

export const OPTIONS: readonly Option[] = [
  stackOption("a stack to compare (default: the one selected in the folder)", true),
  CWD,
  {
    name: "file",
    value: "FILE",
    repeated: true,
    text: 'a stack as "pulumi stack export --file FILE" wrote it',
  },
  {
    name: "check",
    value: "WHAT",
    repeated: true,
    words: CHECKS,
    text: "look also at evaluation (one request more), usage (one more) or secrets (decrypts the stack)",
  },
  {
    name: "fail-on",
    value: "KINDS",
    repeated: true,
    words: [...ALL_KINDS, "all", "none"],
    text: `findings that make the exit code 1, separated by commas, or all, or none (default ${DEFAULT_FAIL_ON.join(", ")})`,
  },
  { name: "ignore-file", value: "FILE", text: "what to leave out (default: .thinkgeoignore in the folder)" },
  { name: "baseline", value: "FILE", text: "leave out what FILE accepts" },
  { name: "write-baseline", value: "FILE", text: "accept all that is found, into FILE, and exit with 0" },
  { name: "format", value: "FORMAT", words: FORMATS, text: `${FORMATS.join(", ")} (default table)` },
  jsonOption("the same as --format json"),
  {
    name: "output",
    value: "FILE",
    repeated: true,
    text: "write the report into FILE, as --format or FILE's ending says, and print the table",
  },
];

const commaList = z
  .array(z.string())
  .default([])
  .transform((lists) =>
    lists
      .flatMap((list) => list.split(","))
      .map((text) => text.trim())
      .filter((text) => text !== ""),
  );

const failOn = z
  .array(z.string())
  .optional()
  .transform((lists, context): ReadonlySet<Kind> => {
    if (lists === undefined) return new Set(DEFAULT_FAIL_ON);
    const words = commaList.parse(lists);
    if (words.length === 0)
      context.addIssue({ code: "custom", message: 'must not be empty: "none" says that nothing fails' });
    const unknown = words.find((word) => !["all", "none"].includes(word) && !isKindOfFinding(word));
    if (unknown !== undefined) {
      const message = `there is no kind ${JSON.stringify(unknown.slice(0, 40))}; kinds are ${ALL_KINDS.join(", ")}, all and none`;
      context.addIssue({ code: "custom", message });
    }
    return new Set(words.includes("all") ? ALL_KINDS : words.filter(isKindOfFinding));
  });

const text = z.string().min(1, "must not be empty");

export const driftOptions = z.object({
  stack: z.array(text).default([]),
  file: z.array(text).default([]),
  positionals: z.array(z.string()),
  cwd: text.default("."),
  check: commaList.pipe(
    z.array(z.enum(CHECKS, { error: `takes ${CHECKS.join(", ")}, separated by commas` })),
  ),
  "fail-on": failOn,
  "ignore-file": text.optional(),
  baseline: text.optional(),
  "write-baseline": text.optional(),
  format: z.enum(FORMATS, { error: `takes ${FORMATS.join(", ")}` }).optional(),
  json: z.boolean().default(false),
  output: z.array(text).default([]),
});

export type DriftOptions = z.infer<typeof driftOptions>;
