import { createServer, request, type IncomingMessage } from "node:http";
import { listening } from "../cloud/local-servers";

/** Passes everything on to a server, and gives its answers a date that is so many seconds off; without one, none. */
export const withSkewedClock = <T>(
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
