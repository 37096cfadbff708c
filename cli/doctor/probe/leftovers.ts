import type { Visit } from "../visit";
import type { Left } from "./cleaning";

/** What is left of the probe, and how to get rid of it by hand. */
export function howToDelete(left: readonly Left[], { configuration }: Visit): string {
  if (left.length === 0) return "";
  const address = `${configuration?.apiUrl ?? ""}/api/v1/clients`;
  const lines = left.map(({ id, name, state }) => {
    const called = name === "" ? "" : ` ${name}`;
    const said = { active: "active", inactive: "switched off", "not known": "perhaps still there" }[state];
    return id === undefined
      ? `  a client named${called} may have been made: look for it in ThinkGeo's console and switch it off`
      : `  client${called} ${id} (${said}): DELETE ${address}?clientIds=${id}`;
  });
  const advice =
    'They are of no use to anybody. Delete each with that request and a token (curl -X DELETE -H "Authorization: Bearer …" ADDRESS), or switch it off in ThinkGeo\'s console.';
  return ["The probe could not remove everything that it made:", ...lines, advice, ""].join("\n");
}
