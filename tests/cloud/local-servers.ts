import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { connect, type AddressInfo, type Server } from "node:net";

/** A server on a free port of this machine, for as long as the work takes. */
export async function listening<T>(server: Server, work: (port: number) => Promise<T>): Promise<T> {
  const sockets = new Set<{ destroy: () => void }>();
  server.on("connection", (socket) => sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await work((server.address() as AddressInfo).port);
  } finally {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
}

/** A web server that answers what it is told. */
export const answering = <T>(answer: RequestListener, work: (url: string) => Promise<T>): Promise<T> =>
  listening(createServer(answer), (port) => work(`http://127.0.0.1:${port}`));

/**
 * A proxy that tunnels (CONNECT), or refuses to with a status, once it is ready; it tells each host and each address
 * that it is asked for.
 */
export function proxying<T>(
  work: (url: string, asked: readonly string[]) => Promise<T>,
  refusal?: number,
  ready: Promise<unknown> = Promise.resolve(),
): Promise<T> {
  const asked: string[] = [];
  const proxy = createServer(({ url = "" }, response) => {
    asked.push(url);
    response.writeHead(502).end();
  });
  proxy.on("connect", ({ url = "" }, client) => {
    asked.push(url);
    client.on("error", () => undefined);
    const reply = (): void => {
      if (refusal !== undefined) {
        client.end(`HTTP/1.1 ${refusal} No\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      const server = connect(Number(url.split(":")[1]), "127.0.0.1", () => {
        client.write("HTTP/1.1 200 Connection established\r\n\r\n");
        server.pipe(client);
        client.pipe(server);
      });
      server.on("error", () => client.destroy());
      client.on("close", () => server.destroy());
    };
    void ready.then(reply);
  });
  return listening(proxy, (port) => work(`http://127.0.0.1:${port}`, asked));
}

/** A port of this machine on which nothing listens. */
export const closedPort = (): Promise<number> => listening(createServer(), (port) => Promise.resolve(port));
