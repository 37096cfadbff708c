import { resolve } from "node:path";
import * as z from "zod";
import { examine } from "./doctor/examine";
import { renderProbe } from "./doctor/probe/probe-report";
import { renderStep, renderSummary } from "./doctor/render";

import { probeAfter, requireSomebody } from "./doctor/probe/probe-after";
import { Visit } from "./doctor/visit";
import { EXIT, readOptions, type Help, type Verb } from "./verb";

const help: Help = {
  usage: "doctor [--stack NAME] [--cwd DIR] [--strict] [--probe] [--json]",
  about: [
    "Says why something does not work: configuration, address and TLS, token, client and account, roles, rights,",
    "clock, the API's own description, and versions. Without --probe it changes nothing. docs/doctor.md explains it.",
  ].join("\n"),
  options: [
    { name: "stack", value: "NAME", text: "read this stack's configuration (default: the environment only)" },
    { name: "cwd", value: "DIR", text: "folder of the Pulumi project; alone, its selected stack is read" },
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
    { name: "json", text: "print JSON (docs/schemas/doctor.schema.json)" },
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
      readsStack: chosen.stack !== undefined || chosen.cwd !== undefined,
    });
    const confirmed = chosen["yes-change-account"];
    if (chosen.probe) requireSomebody(terminal, confirmed);
    try {
      const said = new Map<string, string>();
      const report = await examine(visit, (step) => {
        if (!chosen.json) terminal.out(renderStep(step, terminal, said));
      });
      if (!chosen.json) terminal.out(renderSummary(report));
      const probed = chosen.probe ? await probeAfter(report, visit, confirmed) : undefined;
      if (chosen.json) terminal.out(`${JSON.stringify(probed?.report ?? report, null, 2)}\n`);
      else if (probed?.report.probe !== undefined) terminal.out(renderProbe(probed.report.probe));
      const bad = report.result === "fail" || (chosen.strict && report.result === "warn");
      return bad || probed?.ok === false ? EXIT.found : EXIT.fine;
    } finally {
      visit.close();
    }
  },
};
