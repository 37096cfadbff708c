import { EXPECTED, titleOf } from "./expected";

export const DIFFERENCE_KINDS = [
  "every path",
  "every field",
  "every value",
  "missing path",
  "other method",
  "missing parameter",
  "missing field",
  "other type",
  "missing value",
  "new required field",
  "new required parameter",
  "new value",
  "extra path",
  "extra method",
  "extra field",
] as const;
type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** One point in which the server's description of its API is not what this version expects. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** `fail`: the provider needs it. */
  readonly level: "warn" | "fail" | "info";
  /** `POST /api/v1/clients`. */
  readonly operation: string;
  /** `request name`, `answer data[].apiKey`; none if the operation as a whole differs. */
  readonly field?: string | undefined;
  readonly expected?: string | undefined;
  readonly found?: string | undefined;
}

/** One difference as text. */
interface DifferenceText {
  readonly kind: DifferenceKind;
  readonly level: Difference["level"];
  readonly text: string;
}

/** Differences as sentences. The same difference in several operations is one sentence. */
export function differenceTexts(differences: readonly Difference[]): DifferenceText[] {
  const same = Map.groupBy(differences, ({ kind, field = "", expected, found }) =>
    JSON.stringify([kind, kind.startsWith("every") ? "" : lastName(field), expected, found]),
  );
  return [...same.values()].flatMap((group) => {
    const isEverywhere = EXPECTED.every((one) => group.some(({ operation }) => operation === titleOf(one)));
    return isEverywhere ? sentenceFor(group, "every operation") : byLevel(group);
  });
}

const byLevel = (group: readonly Difference[]): DifferenceText[] =>
  [...Map.groupBy(group, ({ level }) => level).values()].flatMap((part) => {
    const places = part.map(({ operation, field }) =>
      field === undefined ? operation : `${operation} (${field})`,
    );
    return sentenceFor(part, places.join(", "));
  });

/** They are sorted by level, so the first has the worst. */
const sentenceFor = ([first]: readonly Difference[], places: string): DifferenceText[] =>
  first === undefined
    ? []
    : [{ kind: first.kind, level: first.level, text: `${subject(first)}: ${places}.` }];

const lastName = (field: string): string => field.split(/[ .]/).at(-1) ?? "";

function subject({ kind, field, expected, found }: Difference): string {
  if (kind === "every path") return `Every path begins with ${found ?? ""}, expected ${expected ?? ""}`;
  if (kind.startsWith("every")) return `Every${kind.slice(5)} is ${found ?? ""}`;
  const name = field === undefined ? "" : ` "${lastName(field)}"`;
  const words = [
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(found === undefined ? [] : [`found ${found}`]),
  ];
  return `${kind[0]?.toUpperCase() ?? ""}${kind.slice(1)}${name}${words.length === 0 ? "" : `, ${words.join(", ")}`}`;
}
