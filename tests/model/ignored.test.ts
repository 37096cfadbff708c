import { displacedList, withIgnored } from "../../provider/model/ignored";
import { UNKNOWN, type Properties } from "../../provider/model/values";

const WEB = { type: "JavaScript", name: "Web", active: true };
const ORIGINS = { allowedOrigins: ["acme.com"] };
const OTHERS = { allowedOrigins: ["hand.acme.com"] };
const ADDRESSES = { allowedIpAddresses: ["192.0.2.1"] };
const BOTH = { ...ORIGINS, ...ADDRESSES };

const [O, A] = [["allowedOrigins"], ["allowedIpAddresses"]];
const ANY = ["*"];

/** What stands in the inputs is what the engine, which knows the option too, or the state of a rotation has put there. */
test.each<[Properties, Properties, string[], Properties]>([
  // The engine has taken away the list that the program declares, as the inputs in state lack it.
  [ADDRESSES, {}, O, ADDRESSES],
  [ORIGINS, {}, A, ORIGINS],
  [ADDRESSES, {}, [...O, ...A], ADDRESSES],
  [ADDRESSES, {}, ANY, ADDRESSES],
  [ADDRESSES, {}, ["allowedOrigins[0]"], ADDRESSES],
  [{}, {}, O, {}],
  // It has put the list of state beside the one that the program declares.
  [ADDRESSES, BOTH, A, ADDRESSES],
  [OTHERS, { ...OTHERS, ...ADDRESSES }, O, OTHERS],
  // A rotation's inputs are those of the program.
  [ADDRESSES, ORIGINS, O, ADDRESSES],
  [OTHERS, ORIGINS, O, OTHERS],
  [ORIGINS, ADDRESSES, O, ORIGINS],
  [{}, ORIGINS, O, {}],
  // What is not ignored counts.
  [OTHERS, ORIGINS, A, ORIGINS],
  [{}, ORIGINS, A, ORIGINS],
  [ORIGINS, BOTH, A, ORIGINS],
  [ADDRESSES, { allowedOrigins: UNKNOWN }, ["grantedRoles"], { allowedOrigins: UNKNOWN }],
  [ADDRESSES, {}, [], {}],
])("state with %j, inputs with %j, ignoring %j: %j", (has, given, ignoreChanges, expected) => {
  const inputs = { ...WEB, ...given, ignoreChanges };
  const kept = withIgnored(inputs, { ...WEB, ...has, clientId: "key" });
  expect(kept).toEqual({ ...WEB, ...expected, ignoreChanges });
});

test("everything else that is named whole is as state has it; of state that says too little, nothing is taken", () => {
  const inputs = {
    ...WEB,
    grantedRoles: ["User"],
    ignoreChanges: ["name", "active", "grantedRoles[0]", "type"],
  };
  const state = { ...WEB, type: "NativeConfidential", name: "By hand", active: false, clientId: "key" };
  expect(withIgnored(inputs, state)).toEqual({ ...inputs, name: "By hand", active: false });
  expect(withIgnored(inputs, { name: "By hand" })).toBe(inputs);
});

test("a list of the program that has no effect is found", () => {
  expect(displacedList(BOTH, ADDRESSES)).toBe("allowedOrigins");
  expect(displacedList(ORIGINS, ADDRESSES)).toBeUndefined();
});
