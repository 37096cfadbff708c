import * as opening from "../../provider/model/opening";
import { readPlan } from "../../provider/model/client";
import { UNKNOWN, type Properties } from "../../provider/model/values";

const openingOf = (olds: Properties, news: Properties): string | undefined =>
  opening.openingOf(readPlan(olds), readPlan(news));
const dangerOfWhitelist = (olds: Properties, news: Properties): string | undefined =>
  opening.dangerOfWhitelist(readPlan(olds), readPlan(news));

const WEB = { name: "Web", type: "JavaScript" };
const SERVER = { name: "Server", type: "NativeConfidential" };

describe("a client that is opened to everybody is told, with what it costs", () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
    [
      "addresses",
      { ...SERVER, allowedIpAddresses: ["203.0.113.0/24", "198.51.100.7"] },
      SERVER,
      'client "Server" is opened to the world: its allowedIpAddresses (2 addresses) are left out of the program, so whoever has its id and secret can use it from everywhere. If that is not meant, declare allowedIpAddresses again.',
    ],
    [
      "origins",
      { ...WEB, allowedOrigins: ["acme.com"] },
      WEB,
      'client "Web" is opened to the world: its allowedOrigins (1 origin) are left out of the program, so everybody can use its key, from every page and every address. If that is not meant, declare allowedOrigins again.',
    ],
    [
      "a name that is not known yet, and a list of spaces",
      { ...SERVER, allowedIpAddresses: ["203.0.113.7"] },
      { ...SERVER, name: UNKNOWN, autoName: "server-1234abcd", allowedIpAddresses: [" "] },
      'client "server-1234abcd" is opened to the world',
    ],
  ])("%s", (_, olds, news, words) => {
    expect(openingOf(olds, news)?.slice(0, words.length)).toBe(words);
  });
});

describe("nothing is told of a client", () => {
  const closed = { ...WEB, allowedIpAddresses: ["203.0.113.7"] };
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ["that is new", {}, SERVER],
    ["that was open", { ...SERVER, allowedIpAddresses: ["*.*.*.*"] }, SERVER],
    [
      "that was declared open, as earlier versions let programs do",
      { ...SERVER, allowedIpAddresses: [] },
      SERVER,
    ],
    ["that stays closed", closed, { ...WEB, allowedIpAddresses: ["0.0.0.0/1"] }],
    ["that gets the other kind of list", closed, { ...WEB, allowedOrigins: ["acme.com"] }],
    ["whose list is not known yet", closed, { ...WEB, allowedIpAddresses: UNKNOWN }],
    ["one of whose entries is not known yet", closed, { ...WEB, allowedOrigins: [UNKNOWN] }],
  ])("%s", (_, olds, news) => {
    expect(openingOf(olds, news)).toBeUndefined();
  });
});

describe("a JavaScript client that anybody can use anywhere", () => {
  const words =
    'client "Web" is not restricted: everybody who reads the page can use this key anywhere. Declare allowedOrigins, or allowedIpAddresses.';
  test("is told of, be it new or not", () => {
    expect(dangerOfWhitelist({}, WEB)).toBe(words);
    expect(dangerOfWhitelist(WEB, WEB)).toBe(words);
    // That it was closed until now says more.
    expect(dangerOfWhitelist({ ...WEB, allowedOrigins: ["acme.com"] }, WEB)).toContain(
      "is opened to the world",
    );
  });

  test.each<[string, Record<string, unknown>]>([
    ["a list, be it one that ignoreChanges keeps", { ...WEB, allowedOrigins: ["acme.com"] }],
    ["a list of addresses", { ...WEB, allowedIpAddresses: ["203.0.113.7"] }],
    ["a list that is not known yet", { ...WEB, allowedOrigins: UNKNOWN }],
    ["a key that is no page's", SERVER],
    ["a type that is not known yet", { ...SERVER, type: UNKNOWN }],
  ])("and is not where there is %s", (_, news) => {
    expect(dangerOfWhitelist({}, news)).toBeUndefined();
  });
});
