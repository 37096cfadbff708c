import { proxyFor } from "../../../cli/doctor/proxy";

const PROXY = "http://user:password@proxy.example:3128";
const NAMED = "proxy.example:3128";

test.each([
  ["https://a.example", {}, undefined],
  ["https://a.example", { HTTPS_PROXY: PROXY }, `${NAMED} (HTTPS_PROXY)`],
  ["https://a.example", { https_proxy: PROXY, HTTPS_PROXY: "http://b" }, `${NAMED} (https_proxy)`],
  ["https://a.example", { HTTP_PROXY: PROXY }, `${NAMED} (HTTP_PROXY)`],
  ["http://a.example", { HTTPS_PROXY: PROXY }, undefined],
  ["https://a.example", { HTTPS_PROXY: "" }, undefined],
  ["https://a.example", { HTTPS_PROXY: "nonsense" }, "an address that is no URL (HTTPS_PROXY)"],
  ["https://a.example", { HTTPS_PROXY: PROXY, NO_PROXY: "a.example" }, undefined],
  ["https://b.a.example", { HTTPS_PROXY: PROXY, no_proxy: "x, .a.example" }, undefined],
  ["https://a.example", { HTTPS_PROXY: PROXY, NO_PROXY: "*.a.example" }, `${NAMED} (HTTPS_PROXY)`],
  ["https://a.example", { HTTPS_PROXY: PROXY, NO_PROXY: "*" }, undefined],
  ["https://a.example", { HTTPS_PROXY: PROXY, NO_PROXY: "a.example:444" }, `${NAMED} (HTTPS_PROXY)`],
  ["https://a.example", { HTTPS_PROXY: PROXY, NO_PROXY: "a.example:443" }, undefined],
])("to %s with %j", (url, environment, expected) => {
  expect(proxyFor(new URL(url), environment)).toBe(expected);
});
