import * as z from "zod";
import { CLIENT_TYPES } from "../../provider/model/wire";
import type { Caller } from "../../provider/whitelist/allows";
import { CWD, jsonOption, stackOption, UsageError, type Option } from "../verb";

export const OPTIONS: readonly Option[] = [
  { name: "type", value: "TYPE", words: CLIENT_TYPES, text: `a client to be: ${CLIENT_TYPES.join(" or ")}` },
  {
    name: "allow",
    value: "ENTRY",
    repeated: true,
    text: "what its whitelist holds (default: no restriction)",
  },
  { name: "inactive", text: "it is switched off" },
  {
    name: "client",
    value: "NAME|GUID",
    text: "a client of the account, as it is now (one token and one list)",
  },
  {
    name: "resource",
    value: "NAME",
    text: "a client of a stack, as it was last deployed (its name in the program, or its URN)",
  },
  stackOption("that stack (default: the one selected in the folder); for --client, what to sign in with"),
  { name: "file", value: "FILE", text: 'that stack, as "pulumi stack export --file FILE" wrote it' },
  CWD,
  { name: "origin", value: "URL", text: "the page that asks: its origin, or its whole address" },
  {
    name: "referer",
    value: "URL",
    text: "a page whose request sends a Referer and no Origin, such as an image's",
  },
  { name: "address", value: "ADDRESS", text: "the address that ThinkGeo sees of the caller" },
  jsonOption("print JSON (docs/schemas/explain.schema.json)"),
];

const text = z.string().min(1, "must not be empty").optional();
const flag = z.boolean().default(false);

export const explainOptions = z
  .strictObject({
    type: z.enum(CLIENT_TYPES, { error: `takes ${CLIENT_TYPES.join(" or ")}` }).optional(),
    allow: z.array(z.string().min(1, "must not be empty")).default([]),
    inactive: flag,
    client: text,
    resource: text,
    stack: text,
    file: text,
    cwd: z.string().min(1, "must not be empty").default("."),
    origin: text,
    referer: text,
    address: text,
    json: flag,
    positionals: z.array(z.string()).max(0, "explain takes options only"),
  })
  .superRefine((options, context) => {
    const { type, client, resource, stack, file, origin, referer } = options;
    const stacked = resource !== undefined || stack !== undefined || file !== undefined;
    const wrong = (message: string): void => {
      context.addIssue({ code: "custom", message });
    };
    if (type === undefined && client === undefined && !stacked)
      wrong("say which client: --type with --allow, --client, or --stack with --resource");
    if (type !== undefined && (client !== undefined || stacked))
      wrong(
        "--type describes a client, and --client, --stack, --file and --resource look for one: use one of the two",
      );
    if (type === undefined && (options.allow.length > 0 || options.inactive))
      wrong("--allow and --inactive describe a client, and go with --type");
    if (client !== undefined && (resource !== undefined || file !== undefined))
      wrong("--client looks into the account, and --resource and --file into a stack: use one of the two");
    if (stack !== undefined && file !== undefined)
      wrong("--stack and --file are two stacks: use one of the two");
    if (origin !== undefined && referer !== undefined)
      wrong("a request with --origin is judged by that, whatever its --referer: use one of the two");
  });

export type ExplainOptions = z.infer<typeof explainOptions>;

/** Where the request comes from, as the options say it. */
export function callerOf({ origin, referer, address }: ExplainOptions): Caller {
  if (origin !== undefined) return { origin, address };
  if (referer !== undefined) return { referer, address };
  if (address !== undefined) return { address };
  throw new UsageError("say where the request comes from: --origin, --referer or --address.");
}
