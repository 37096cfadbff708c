/* A resource's URN is `urn:pulumi:<stack>::<project>::<types>::<name>`. */

export const stackIn = (urn: string): string => partsOf(urn)[0]?.slice("urn:pulumi:".length) ?? "";

export const projectIn = (urn: string): string | undefined => partsOf(urn)[1];

/** The resource's own type, behind those of its parents. */
export const typeIn = (urn: string): string => partsOf(urn)[2]?.split("$").at(-1) ?? "";

/** The resource's name in the program, which may have colons of its own. */
export const nameIn = (urn: string): string => partsOf(urn).slice(3).join("::");

const partsOf = (urn: string): readonly string[] => urn.split("::");
