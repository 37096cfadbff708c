import type { ClientRule } from "./client-rule";

/** The role User is what managing an account takes: an application needs none of it. */
export const noUserRole: ClientRule<{ readonly roles: readonly string[] }> = {
  name: "thinkgeo-no-user-role",
  description: "Keys of applications are not granted the role User.",
  level: "mandatory",
  settings: {
    roles: {
      type: "array",
      items: { type: "string", minLength: 1 },
      default: ["User"],
      description: "The roles that are not to be granted.",
    },
  },
  findProblems: ({ grantedRoles = [] }, { roles }) => {
    const granted = grantedRoles.map((role) => role?.toLowerCase());
    return roles
      .filter((role) => granted.includes(role.toLowerCase()))
      .map(
        (role) =>
          `is granted the role ${JSON.stringify(role)}: leave it out of grantedRoles, or let "except" of this rule match the name of an operator's key.`,
      );
  },
};
