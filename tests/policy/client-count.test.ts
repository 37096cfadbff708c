import { clientCount } from "../../policy/client-count";
import { CLIENT_TYPE_TOKEN, ROTATING_CLIENT_TYPE_TOKEN } from "../../provider/shell";
import { judgeStack } from "./judge";

const clients = (count: number): [string, string][] =>
  // In no order, as the engine gives them.
  Array.from({ length: count }, (_, index) => [CLIENT_TYPE_TOKEN, `c${100 + count - index}`]);
const advice = "take some out, or move them to another stack.";

test.each([
  [100, []],
  [
    101,
    [
      `The stack has 101 clients (c101, c102, c103, c104, c105, c106, c107, c108, c109, c110, 91 more), and may have 100: ${advice}`,
    ],
  ],
])("%s clients, by default", (count, said) => {
  expect(judgeStack(clientCount, clients(count))).toEqual(said);
});

test.each([
  [2, 2, []],
  [3, 2, [`The stack has 3 clients (c101, c102, c103), and may have 2: ${advice}`]],
  [
    10,
    9,
    [
      `The stack has 10 clients (c101, c102, c103, c104, c105, c106, c107, c108, c109, c110), and may have 9: ${advice}`,
    ],
  ],
  [1, 0, [`The stack has 1 client (c101), and may have 0: ${advice}`]],
  [0, 0, []],
])("%s clients where %s are allowed", (count, maximum, said) => {
  expect(judgeStack(clientCount, clients(count), { maximum })).toEqual(said);
});

test("a RotatingClient counts as one, and other resources do not count", () => {
  const resources = [
    ["pulumi:pulumi:Stack", "acme-dev"],
    ["aws:s3/bucket:Bucket", "tiles"],
    [ROTATING_CLIENT_TYPE_TOKEN, "api"],
    [CLIENT_TYPE_TOKEN, "web"],
  ] as const;
  expect(judgeStack(clientCount, resources, { maximum: 2 })).toEqual([]);
  expect(judgeStack(clientCount, resources, { maximum: 1 })).toEqual([
    `The stack has 2 clients (api, web), and may have 1: ${advice}`,
  ]);
});

test("a setting that it does not have is refused", () => {
  expect(() => judgeStack(clientCount, [], { maximun: 1 })).toThrow(
    'thinkgeo-client-count has no setting "maximun": it has "maximum".',
  );
});
