import type { ClientRule } from "./client-rule";
import type { DeclaredList } from "./declared-client";
import { restrictsAddresses, restrictsOrigins } from "./restriction";
import { suffixesBelow } from "../provider/whitelist/suffixes";

const LIST_THEM = 'list the sites that use it, as in allowedOrigins: ["acme.com", "*.acme.com"].';

/** The key of a JavaScript client is in the page for everybody to read: only its origins keep others from using it. */
export const javascriptOrigins: ClientRule<{ readonly allowAddresses: boolean }> = {
  name: "thinkgeo-javascript-origins",
  description: "JavaScript clients have an origin whitelist, and no wildcard in it is above a public suffix.",
  level: "mandatory",
  settings: {
    allowAddresses: {
      type: "boolean",
      default: false,
      description: "Whether an address whitelist will do instead.",
    },
  },
  findProblems: ({ type, allowedOrigins, allowedIpAddresses }, { allowAddresses }) => {
    if (type !== "JavaScript") return [];
    if (restrictsOrigins(allowedOrigins)) return strangersIn(allowedOrigins);
    if (!restrictsAddresses(allowedIpAddresses))
      return [`has no allowedOrigins, so the pages of every site may use its key: ${LIST_THEM}`];
    return allowAddresses
      ? []
      : [`has allowedIpAddresses and no allowedOrigins, so it is not bound to your sites: ${LIST_THEM}`];
  },
};

/** Places and no hosts, because a program may keep them secret, and a policy is not told. */
function strangersIn(list: DeclaredList = []): string[] {
  const places = [...list.keys()].filter((index) => suffixesBelow(list[index] ?? "").length > 0);
  if (places.length === 0) return [];
  const entries = places.map((index) => `allowedOrigins[${index}]`).join(", ");
  return [
    `lets in the sites of strangers by ${entries}: public suffixes lie below, as s3.amazonaws.com lies below *.amazonaws.com, and anybody can have a site there. List the hosts of your own sites.`,
  ];
}
