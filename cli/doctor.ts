import { resolve } from "node:path";
import * as z from "zod";
import { examine } from "./doctor/examine";
import { probeLines } from "./doctor/probe/probe-report";
import { stepLines, summaryLines } from "./doctor/render";

import { probeAfter, requireSomebody, type Probed } from "./doctor/probe/probe-after";
import { Visit } from "./doctor/visit";
import { EXIT } from "./terminal/ending";
import { json } from "./terminal/json";
import { CWD, jsonOption, readOptions, stackOption, type Help, type Verb } from "./verb";

const help: Help = {
  usage: "doctor [--stack NAME] [--cwd DIR] [--strict] [--probe] [--json]",
  about: [
    "Says why something does not work: configuration, address and TLS, token, client and account, roles, rights,",
    "clock, the API's own description, and versions. Without --probe it changes nothing. docs/doctor.md explains it.",
  ].join(" "),
  options: [
    stackOption(
      "the stack whose configuration is read (default: the one selected in the folder, if it is a project)",
    ),
    CWD,
    { name: "strict", text: "exit with 1 for warnings, too" },
    {
      name: "probe",
      text: "make, change and delete throw-away clients, to settle what is not known of the API",
    },
    {
      name: "yes-change-account",
      value: "NAME",
      text: "confirm --probe where nobody can be asked: the account's name",
    },
    jsonOption("print JSON (docs/schemas/doctor.schema.json)"),
  ],
  examples: [
    "thinkgeo doctor",
    "thinkgeo doctor --stack production --cwd infrastructure",
    'thinkgeo doctor --probe --yes-change-account "My account"',
  ],
  exitCodes:
    "0 when nothing failed, 1 when a check failed or the probe did not come to its end (with --strict, also for a warning), 2 for a wrong command line",
};

const options = z.object({
  stack: z.string().min(1, "wants a stack's name").optional(),
  cwd: z.string().min(1, "wants a folder").optional(),
  strict: z.boolean().default(false),
  json: z.boolean().default(false),
  probe: z.boolean().default(false),
  "yes-change-account": z.string().min(1, "wants the account's name").optional(),
  positionals: z.array(z.string()).max(0, "doctor takes options only"),
});

/** `thinkgeo doctor`: why it does not work. */
export const doctor: Verb = {
  summary: "say why something does not work, and what to do",
  help,
  run: async (args, terminal) => {
    const chosen = readOptions(args, help.options, options);
    const visit = new Visit(terminal, {
      stack: chosen.stack,
      folder: resolve(terminal.folder, chosen.cwd ?? "."),
    });
    const confirmed = chosen["yes-change-account"];
    if (chosen.probe) requireSomebody(terminal, confirmed);
    const show = (probed: Probed): Probed => {
      const { probe } = probed.report;
      if (chosen.json) terminal.write(json(probed.report));
      else if (probe !== undefined) terminal.print(...probeLines(probe, terminal.columns));
      return probed;
    };
    try {
      const said = new Map<string, string>();
      const report = await examine(visit, (step) => {
        if (!chosen.json) terminal.print(...stepLines(step, said, terminal.columns));
      });
      if (!chosen.json) terminal.print(...summaryLines(report));
      const probed = chosen.probe
        ? await terminal.ending.shielded(() => probeAfter(report, visit, confirmed, show))
        : show({ ok: true, report });
      const bad = report.result === "fail" || (chosen.strict && report.result === "warn");
      return bad || !probed.ok ? EXIT.found : EXIT.fine;
    } finally {
      visit.close();
    }
  },
};
