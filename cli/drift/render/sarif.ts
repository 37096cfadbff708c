import { printable } from "../../../provider/text";
import { VERSION } from "../../../provider/versions";
import { ALL_KINDS, type Finding, KINDS, type Report } from "../report";
import { json } from "../../terminal/lines";

/** The report in SARIF 2.1.0, as GitHub's code scanning reads it. */
export function sarif(report: Report): string {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: driverOf(report) },
        automationDetails: { id: "thinkgeo/drift/" },
        invocations: [
          {
            executionSuccessful: true,
            endTimeUtc: report.at,
            toolExecutionNotifications: report.notes.map((note) => ({
              level: "note",
              message: { text: printable(note) },
            })),
          },
        ],
        results: report.findings.map(resultOf),
      },
    ],
  };
  return json(log);
}

const driverOf = ({ failOn }: Report): object => ({
  name: "thinkgeo drift",
  semanticVersion: VERSION,
  rules: ALL_KINDS.map((kind) => ({
    id: kind,
    shortDescription: { text: `${KINDS[kind].about}.` },
    defaultConfiguration: { level: failOn.includes(kind) ? "error" : "warning" },
  })),
});

function resultOf({ kind, fails, key, id, name, resources, message, details }: Finding): object {
  const [first] = resources;
  return {
    ruleId: kind,
    ruleIndex: ALL_KINDS.indexOf(kind),
    level: fails ? "error" : "warning",
    message: { text: printable([`${JSON.stringify(name)}: ${message}`, ...details].join(" ")) },
    locations: [
      {
        // Code scanning shows only results with a file.
        physicalLocation: {
          artifactLocation: { uri: first?.source?.file ?? "Pulumi.yaml" },
          region: { startLine: first?.source?.line ?? 1 },
        },
        logicalLocations: [
          {
            name: printable(name),
            kind: "resource",
            fullyQualifiedName: printable(first?.urn ?? id ?? name),
          },
        ],
      },
    ],
    partialFingerprints: { "thinkgeoDrift/v1": key },
  };
}
