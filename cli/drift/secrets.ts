import type { Managed } from "./managed";

/** The client's secret as the stack knows it, where its export holds it in plain. */
export function secretOf({ outputs }: Managed): string | undefined {
  const secret = outputs.values["clientSecret"];
  return typeof secret === "string" && secret !== "" ? secret : undefined;
}
