import * as z from "zod";
import { CWD, jsonOption, stackOption, type Option } from "../verb";

export const OPTIONS: readonly Option[] = [
  { name: "out", value: "DIR", text: "folder to write into; made if it is not there" },
  {
    name: "only",
    value: "NAME|GUID",
    repeated: true,
    text: "clients to write: a GUID, or a name in which * and ? are wildcards (default: all)",
  },
  { name: "unmanaged", text: "only clients that no stack manages" },
  stackOption("a stack for --unmanaged (default: the one selected in the folder)", true),
  CWD,
  {
    name: "file",
    value: "FILE",
    repeated: true,
    text: 'a stack for --unmanaged, as "pulumi stack export --file FILE" wrote it',
  },
  { name: "include-samples", text: "write the two sample clients that every account is born with, too" },
  { name: "include-own", text: "write the client that this command signs in with, too" },
  jsonOption("print what was done as JSON (docs/schemas/export.schema.json)"),
];

const texts = z.array(z.string().min(1, "must not be empty")).default([]);
const flag = z.boolean().default(false);

export const exportOptions = z
  .strictObject({
    out: z.string({ error: "a folder to write into is wanted" }).min(1, "a folder to write into is wanted"),
    only: texts,
    unmanaged: flag,
    stack: texts,
    cwd: z.string().default("."),
    file: texts,
    "include-samples": flag,
    "include-own": flag,
    json: flag,
    positionals: z.array(z.string()).max(0, 'It takes no arguments without a name: say "--out DIR"'),
  })
  .refine(({ file, unmanaged }) => file.length === 0 || unmanaged, {
    path: ["file"],
    message: "says what is managed already, which only --unmanaged asks about",
  });

export type ExportOptions = z.infer<typeof exportOptions>;
