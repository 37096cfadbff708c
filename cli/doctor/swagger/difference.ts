import type { Level } from "../finding";
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
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** One thing in which the server's own description is not what this version expects. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** Whether the provider can do its work without it. */
  readonly level: Exclude<Level, "pass">;
  /** `POST /api/v1/clients`. */
  readonly operation: string;
  /** `request name`, `answer data[].apiKey`; none where the whole operation differs. */
  readonly field?: string | undefined;
  readonly expected?: string | undefined;
  readonly found?: string | undefined;
}

/** One difference in words. */
export interface DifferenceText {
  readonly kind: DifferenceKind;
  readonly level: Difference["level"];
  readonly text: string;
}

/** Differences as sentences, one for what is the same in several operations. */
export function differenceTexts(differences: readonly Difference[]): DifferenceText[] {
  const same = Map.groupBy(differences, ({ kind, field = "", expected, found }) =>
    JSON.stringify([kind, kind.startsWith("every") ? "" : lastName(field), expected, found]),
  );
  return [...same.values()].flatMap((group) => {
    const isEverywhere = EXPECTED.every((one) => group.some(({ operation }) => operation === titleOf(one)));
    return isEverywhere ? inWords(group, "every operation") : byLevel(group);
  });
}

const byLevel = (group: readonly Difference[]): DifferenceText[] =>
  [...Map.groupBy(group, ({ level }) => level).values()].flatMap((part) => {
    const places = part.map(({ operation, field }) =>
      field === undefined ? operation : `${operation} (${field})`,
    );
    return inWords(part, places.join(", "));
  });

/** The gravest of them comes first, so its level is theirs. */
const inWords = ([first]: readonly Difference[], places: string): DifferenceText[] =>
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
