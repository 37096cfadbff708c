import { defaultSwitches, parseSwitch, startEmulator, switchValues } from "../../emulator/index";
import type { Emulator, Switches } from "../../emulator/index";
import { Api } from "./support";
import { access } from "./switches/access";
import { answers } from "./switches/answers";
import { limits } from "./switches/limits";
import { SwitchWorld, type Proof } from "./switches/world";
import { writes } from "./switches/writes";

let emulator: Emulator;
let now: number;
beforeEach(async () => {
  now = Date.UTC(2026, 0, 1);
  emulator = await startEmulator({ now: () => now });
});
afterEach(() => emulator.close());

/** One proof for each switch: the compiler sees to it that none is missing. */
const proofs: Readonly<Record<keyof Switches, Proof>> = { ...answers, ...writes, ...access, ...limits };

test.each(Object.entries(proofs))("switch %s", async (_name, proof) =>
  proof(await SwitchWorld.for(emulator, (ms) => (now += ms))),
);

test("every switch has a proof, and a text of what it accepts", () => {
  expect(Object.keys(proofs).toSorted()).toEqual(Object.keys(defaultSwitches).toSorted());
  expect([...switchValues.keys()].toSorted()).toEqual(Object.keys(defaultSwitches).toSorted());
});

test("switches can be given at the start, and are reset to the default", async () => {
  const other = await startEmulator({ switches: { listCap: 1 } });
  expect(await (await Api.for(other)).list()).toHaveLength(1);
  other.resetSwitches();
  expect(other.switches).toEqual(defaultSwitches);
  await other.close();
});

describe("from the command line", () => {
  test.each([
    ["grantedRolesForm=ids", { grantedRolesForm: "ids" }],
    ["softDelete=true", { softDelete: true }],
    ["createStatus=201", { createStatus: 201 }],
    ["tokenLifetime=0.5", { tokenLifetime: 0.5 }],
    ["unrestricted=[]", { unrestricted: "[]" }],
    ["quotaRetryAfter=120", { quotaRetryAfter: "120" }],
    ["expiresIn=null", { expiresIn: null }],
    ["ignoreFields=name,isActive", { ignoreFields: ["name", "isActive"] }],
    ["ignoreFields=", { ignoreFields: [] }],
    ["listOmits=apiSecret", { listOmits: ["apiSecret"] }],
  ])("%s", (argument, expected) => {
    expect(parseSwitch(argument)).toEqual(expected);
  });

  test.each([
    ["softDelete", 'A switch is written name=value, not "softDelete".'],
    ["nonsense=1", 'There is no switch called "nonsense".'],
    ["softDelete=maybe", 'The switch "softDelete" takes true or false, not "maybe".'],
    ["createStatus=418", 'The switch "createStatus" takes 200 or 201, not 418.'],
    ["constructor=1", 'There is no switch called "constructor".'],
  ])("%s is refused in a sentence", (argument, sentence) => {
    expect(() => parseSwitch(argument)).toThrow(sentence);
  });
});
