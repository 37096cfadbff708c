import type { ClientRule } from "./client-rule";

/** What is not declared cannot be judged: a client without roles of its own is granted all of the account's. */
export const rolesDeclared: ClientRule<object> = {
  name: "thinkgeo-roles-declared",
  description: "Clients declare the roles that they are granted.",
  level: "advisory",
  settings: {},
  findProblems: ({ grantedRoles }) =>
    grantedRoles === undefined
      ? [
          'declares no grantedRoles, so ThinkGeo grants it every role of the account, User too if the account has it: declare those that it needs, as in grantedRoles: ["Evaluator"].',
        ]
      : [],
};
