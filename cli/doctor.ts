import { resolve } from "node:path";
import { z } from "zod";
import { examine } from "./doctor/examine";
import { renderStep, renderSummary } from "./doctor/render";
import type { DoctorReport } from "./doctor/report";
import { Visit } from "./doctor/visit";
import type { Terminal } from "./terminal";
import { EXIT, readOptions, type Help, type Verb } from "./verb";

const help: Help = {
  usage: "doctor [--stack NAME] [--cwd DIR] [--strict] [--json]",
  about: [
    "Says why something does not work: configuration, address and TLS, token, client and account, roles, rights,",
    "clock, the API's own description, and versions. Changes nothing. docs/doctor.md explains it.",
  ].join("\n"),
  options: [
    { name: "stack", value: "NAME", text: "read this stack's configuration (default: the environment only)" },
    { name: "cwd", value: "DIR", text: "folder of the Pulumi project; alone, its selected stack is read" },
    { name: "strict", text: "exit with 1 for warnings, too" },
    { name: "json", text: "print JSON (docs/schemas/doctor.schema.json)" },
  ],
  examples: ["thinkgeo doctor", "thinkgeo doctor --stack production --cwd infrastructure"],
  exitCodes:
    "0 when nothing failed, 1 when a check failed (with --strict, also for a warning), 2 for a wrong command line",
};

const options = z.object({
  stack: z.string().min(1, "wants a stack's name").optional(),
  cwd: z.string().min(1, "wants a folder").optional(),
  strict: z.boolean().default(false),
  json: z.boolean().default(false),
  positionals: z.array(z.string()).max(0, "doctor takes options only"),
});
type Options = z.infer<typeof options>;

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
    try {
      const report = await examine(visit, (step) => {
        if (!chosen.json) terminal.out(renderStep(step, terminal));
      });
      return conclude(report, chosen, terminal);
    } finally {
      await visit.close();
    }
  },
};

function conclude(report: DoctorReport, { json, strict }: Options, terminal: Terminal): number {
  terminal.out(json ? `${JSON.stringify(report, null, 2)}\n` : renderSummary(report));
  const bad = report.result === "fail" || (strict && report.result === "warn");
  return bad ? EXIT.found : EXIT.fine;
}
