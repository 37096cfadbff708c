import { withSkewedClock } from "../../skewed-clock";
import { stepOf, withDoctor, wordsOf } from "../run-doctor";

describe("clock", () => {
  test.each([
    [30, "pass", "30 s behind the server's, which does no harm"],
    [120, "warn", "120 s behind the server's."],
    [-120, "warn", "120 s ahead of the server's."],
    [400, "fail", "400 s behind the server's."],
    [undefined, "pass", "does not say what time it is"],
  ])("a server that is %p s ahead: %s", (seconds, result, words) =>
    withDoctor(({ cloud, environment, report }) =>
      withSkewedClock(cloud.url, seconds, async (url) => {
        environment["THINKGEO_API_URL"] = url;
        const found = await report();
        expect(stepOf(found, "clock").result).toBe(result);
        const text = wordsOf(found, "clock")
          .replace(/\b(?:29|31)\b/, "30")
          .replace(/\b(?:119|121)\b/, "120");
        expect(text.replace(/\b(?:399|401)\b/, "400")).toContain(words);
      }),
    ),
  );
});
