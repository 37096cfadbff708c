import * as pulumi from "@pulumi/pulumi";
import type { ClientArgs } from "./client-args";

/** Warns about whitelists that are right and probably not meant, as soon as their values are known. */
export function warnAboutWhitelist(resource: pulumi.Resource, args: ClientArgs): void {
  pulumi
    .output([args.type, args.allowedOrigins ?? [], args.allowedIpAddresses ?? []] as const)
    .apply(([type, origins, addresses]) => {
      for (const warning of whitelistWarnings(type, origins, addresses))
        void pulumi.log.warn(warning, resource);
    });
}

/** What is worth a second thought. */
export function whitelistWarnings(
  type: string,
  origins: readonly string[],
  addresses: readonly string[],
): string[] {
  if (type === "JavaScript" && origins.length === 0 && addresses.length === 0) {
    return [
      "Everybody who reads the page can use this key anywhere: a JavaScript client without allowedOrigins is not restricted.",
    ];
  }
  const hosts = new Set(origins.map(plain));
  return origins
    .filter((origin) => origin.startsWith("*.") && !hosts.has(plain(origin.slice(2))))
    .map((origin) => {
      const host = origin.slice(2);
      return `Whether "${origin}" also lets in "${host}" itself is not documented: list "${host}" too if it is to be let in.`;
    });
}

const plain = (host: string): string => host.toLowerCase().replace(/\.$/, "");
