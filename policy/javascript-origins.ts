import type { ClientRule } from "./client-rule";
import { restrictsAddresses, restrictsOrigins } from "./restriction";

const LIST_THEM = 'list the sites that use it, as in allowedOrigins: ["acme.com", "*.acme.com"].';

/** The key of a JavaScript client is in the page for everybody to read: only its origins keep others from using it. */
export const javascriptOrigins: ClientRule<{ readonly allowAddresses: boolean }> = {
  name: "thinkgeo-javascript-origins",
  description: "JavaScript clients have an origin whitelist.",
  level: "mandatory",
  settings: {
    allowAddresses: {
      type: "boolean",
      default: false,
      description: "Whether an address whitelist will do instead.",
    },
  },
  findProblems: ({ type, allowedOrigins, allowedIpAddresses }, { allowAddresses }) => {
    if (type !== "JavaScript" || restrictsOrigins(allowedOrigins)) return [];
    if (!restrictsAddresses(allowedIpAddresses))
      return [`has no allowedOrigins, so the pages of every site may use its key: ${LIST_THEM}`];
    return allowAddresses
      ? []
      : [`has allowedIpAddresses and no allowedOrigins, so it is not bound to your sites: ${LIST_THEM}`];
  },
};
