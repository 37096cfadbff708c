import { domainToASCII } from "node:url";
import { SHARED_DOMAINS } from "./shared-domains";

let shared: ReadonlyMap<string, string> | undefined;

/**
 * Some of the public suffixes that a wildcard allows (`s3.amazonaws.com` by `*.amazonaws.com`): whoever has a site under
 * one of them is allowed, too. None of any other entry.
 */
export function suffixesBelow(entry: string): readonly string[] {
  if (!entry.startsWith("*.")) return [];
  shared ??= new Map(
    SHARED_DOMAINS.trim()
      .split(/\s/)
      .map((word) => word.split(":", 2) as [string, string]),
  );
  const domain = domainToASCII(entry.slice(2)).replace(/\.$/, "");
  const examples = shared.get(domain);
  return examples === undefined ? [] : examples.split(",").map((example) => `${example}.${domain}`);
}
