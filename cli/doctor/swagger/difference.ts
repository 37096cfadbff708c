import type { Level } from "../finding";

export const DIFFERENCE_KINDS = [
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

/** Differences as sentences, one for what is the same in several operations. */
export function differenceTexts(
  differences: readonly Difference[],
): { level: Difference["level"]; text: string }[] {
  const groups = Map.groupBy(differences, ({ kind, level, field = "", expected, found }) =>
    JSON.stringify([level, kind, lastName(field), expected, found]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const places = group.map(({ operation, field }) =>
      field === undefined ? operation : `${operation} (${field})`,
    );
    return [{ level: first.level, text: `${subject(first)}: ${places.join(", ")}.` }];
  });
}

const lastName = (field: string): string => field.split(/[ .]/).at(-1) ?? "";

function subject({ kind, field, expected, found }: Difference): string {
  const name = field === undefined ? "" : ` "${lastName(field)}"`;
  const words = [
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(found === undefined ? [] : [`found ${found}`]),
  ];
  return `${kind[0]?.toUpperCase() ?? ""}${kind.slice(1)}${name}${words.length === 0 ? "" : `, ${words.join(", ")}`}`;
}
