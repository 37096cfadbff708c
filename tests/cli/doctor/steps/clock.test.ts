import { createServer, request, type IncomingMessage } from "node:http";
import { listening } from "../../../cloud/local-servers";
import { stepOf, withDoctor, wordsOf } from "../run-doctor";

describe("clock", () => {
  /** Passes everything on, and gives answers another date. */
  const skewed = <T>(
    target: string,
    seconds: number | undefined,
    work: (url: string) => Promise<T>,
  ): Promise<T> =>
    listening(
      createServer((incoming, outgoing) => {
        const { method, headers } = incoming;
        const forward = request(
          target + (incoming.url ?? ""),
          { method, headers },
          (answer: IncomingMessage) => {
            const date = new Date(Date.now() + (seconds ?? 0) * 1000).toUTCString();
            outgoing.sendDate = false;
            const kept = { ...answer.headers };
            delete kept.date;
            outgoing.writeHead(answer.statusCode ?? 500, seconds === undefined ? kept : { ...kept, date });
            answer.pipe(outgoing);
          },
        );
        incoming.pipe(forward);
      }),
      (port) => work(`http://127.0.0.1:${port}`),
    );

  test.each([
    [30, "pass", "30 s behind the server's, which does no harm"],
    [120, "warn", "120 s behind the server's."],
    [-120, "warn", "120 s ahead of the server's."],
    [400, "fail", "400 s behind the server's."],
    [undefined, "pass", "does not say what time it is"],
  ])("a server that is %p s ahead: %s", (seconds, result, words) =>
    withDoctor(({ cloud, environment, report }) =>
      skewed(cloud.url, seconds, async (url) => {
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
