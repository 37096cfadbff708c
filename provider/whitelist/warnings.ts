import { suffixesBelow } from "./suffixes";

/** An origin and how sentences name it: of a secret, they say the place only. */
interface Named {
  readonly origin: string;
  readonly name: string;
}

/** As many warnings of one kind are given one by one. */
const MOST_ALIKE = 5;

/** What is worth a second thought. */
export function whitelistWarnings(origins: readonly string[], isSecret = false): string[] {
  const hosts = new Set(origins.map(plain));
  const wildcards = origins
    .map((origin, index) => ({ origin, name: isSecret ? `allowedOrigins[${index}]` : `"${origin}"` }))
    .filter(({ origin }) => origin.startsWith("*."));
  const shared = wildcards.filter(({ origin }) => suffixesBelow(origin).length > 0);
  const alone = wildcards.filter((one) => !hosts.has(plain(one.origin.slice(2))) && !shared.includes(one));
  return [
    ...(shared.length === 0 ? [] : [strangersIn(shared, isSecret)]),
    ...(alone.length > MOST_ALIKE ? [manyAlone(alone)] : alone.map((one) => aloneIn(one, isSecret))),
  ];
}

function strangersIn(wildcards: readonly Named[], isSecret: boolean): string {
  const items = wildcards.map(({ origin, name }) =>
    isSecret ? name : `${name} covers ${suffixesBelow(origin).join(", ")}`,
  );
  return `Strangers can use this key: anybody can have a site under a public suffix, and public suffixes lie below ${
    isSecret ? "" : "these wildcards: "
  }${firstOf(items, isSecret ? ", " : "; ")}. List the hosts of your own sites instead.`;
}

function aloneIn({ origin, name }: Named, isSecret: boolean): string {
  const host = isSecret ? "its domain" : `"${origin.slice(2)}"`;
  return `Whether ${name} also allows ${host} itself is not documented: list ${isSecret ? "that" : host} too if it is to be allowed.`;
}

const manyAlone = (wildcards: readonly Named[]): string =>
  `Whether a wildcard also allows its domain itself is not documented: list the domain too if it is to be allowed. So with ${wildcards.length} of allowedOrigins: ${firstOf(
    wildcards.map(({ name }) => name),
    ", ",
  )}.`;

function firstOf(items: readonly string[], separator: string): string {
  const more = items.length - MOST_ALIKE;
  return [...items.slice(0, MOST_ALIKE), ...(more > 0 ? [`and ${more} more`] : [])].join(separator);
}

const plain = (host: string): string => host.toLowerCase().replace(/\.$/, "");
