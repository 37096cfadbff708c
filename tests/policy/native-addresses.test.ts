import { clientPolicy } from "../../policy/client-rule";
import { nativeAddresses } from "../../policy/native-addresses";
import { judge, judgeRotating, UNKNOWN } from "./judge";

const policy = clientPolicy(nativeAddresses);
const advice =
  'so its secret works from everywhere: list the servers that use it, as in allowedIpAddresses: ["203.0.113.0/24"].';
const NONE = `Client "tiles" has no allowedIpAddresses, ${advice}`;
const ALL = `Client "tiles" has allowedIpAddresses that hold every address, ${advice}`;

test.each([
  ["no whitelist", {}, NONE],
  ["an empty one", { allowedIpAddresses: [] }, NONE],
  ["every address in two halves", { allowedIpAddresses: ["0.0.0.0/1", "128.0.0.0/1"] }, ALL],
])("%s is a violation", (_, props, message) => {
  expect(judge(policy, { type: "NativeConfidential", ...props })).toEqual([message]);
  expect(judgeRotating(policy, { type: "NativeConfidential", ...props })).toEqual([message]);
});

test.each([
  ["an address", { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] }],
  [
    "half of all addresses, which is the range's matter",
    { type: "NativeConfidential", allowedIpAddresses: ["0.0.0.0/1"] },
  ],
  ["another type of client", { type: "JavaScript" }],
  ["a type that is not known yet", { type: UNKNOWN }],
  ["a whitelist that is not known yet", { type: "NativeConfidential", allowedIpAddresses: UNKNOWN }],
  ["an entry that is not known yet", { type: "NativeConfidential", allowedIpAddresses: [UNKNOWN] }],
])("%s is none", (_, props) => {
  expect(judge(policy, props)).toEqual([]);
});
