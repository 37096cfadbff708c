import net, { createServer, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import {
  endWithEngine,
  engineAlive,
  engineOfDynamicHost,
  engineWatch,
  parseEngineAddress,
} from "../../provider/engine";
import { closedPort, listening } from "../cloud/local-servers";

const HOST_SCRIPT = "/x/node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js";
const hostOf = (address: string): string[] => ["node", HOST_SCRIPT, address];

describe("where the engine listens", () => {
  test("is what the host of dynamic providers was started with", () => {
    expect(engineOfDynamicHost(hostOf("127.0.0.1:34567"))).toEqual({ host: "127.0.0.1", port: 34567 });
    expect(engineOfDynamicHost(hostOf("localhost:1"))).toEqual({ host: "localhost", port: 1 });
    expect(engineOfDynamicHost([...hostOf("127.0.0.1:1"), "--more"])).toEqual({ host: "127.0.0.1", port: 1 });
  });

  test.each([
    [[]],
    [["node"]],
    [["node", HOST_SCRIPT]],
    [["node", "/x/jest.js", "127.0.0.1:34567"]],
    [hostOf("")],
    [hostOf("127.0.0.1")],
    [hostOf("127.0.0.1:")],
    [hostOf("127.0.0.1:123456")],
    [hostOf("evil.com:80")],
    [hostOf("127.0.0.1:80/x")],
    [hostOf("http://127.0.0.1:80")],
  ])("is not known from %j", (argv) => {
    expect(engineOfDynamicHost(argv)).toBeUndefined();
  });
});

describe("whether the engine still runs", () => {
  test("it does while it listens", () =>
    listening(createServer(), async (port) => {
      expect(await engineAlive(parseEngineAddress(`127.0.0.1:${port}`))).toBe(true);
    }));

  test("the look leaves no connection behind", () => {
    const server = createServer();
    const left = new Promise((resolve) => {
      server.on("connection", (socket) => {
        socket.resume().on("close", resolve);
      });
    });
    return listening(server, async (port) => {
      expect(await engineAlive(parseEngineAddress(`127.0.0.1:${port}`))).toBe(true);
      await left;
    });
  });

  test("it does not when its port is closed", async () => {
    expect(await engineAlive(parseEngineAddress(`127.0.0.1:${await closedPort()}`))).toBe(false);
  });

  test("a process that no engine started need not ask", async () => {
    expect(await engineAlive(undefined)).toBe(true);
  });

  test("it is not gone because it cannot be asked", async () => {
    // An address that no socket can be made to: nothing was refused.
    expect(await engineAlive(parseEngineAddress("255.255.255.255:9"))).toBe(true);
  });

  test.each([
    ["connect", "", true],
    ["timeout", "", true],
    ["error", "ECONNREFUSED", false],
    ["error", "EMFILE", true],
  ])("a socket that says %s %s: %s", async (event, code, alive) => {
    const socket = new Socket();
    const connecting = jest.spyOn(net, "connect").mockReturnValue(socket);
    try {
      const answer = engineAlive(parseEngineAddress("127.0.0.1:4567"));
      socket.emit(event, Object.assign(new Error(event), { code }));
      expect([await answer, socket.destroyed]).toEqual([alive, true]);
      expect(connecting).toHaveBeenCalledWith({ host: "127.0.0.1", port: 4567, timeout: 2_000 });
    } finally {
      connecting.mockRestore();
    }
  });
});

test("asked often, it is looked at once in a quarter of a second", () => {
  const server = createServer();
  let looks = 0;
  server.on("connection", () => looks++);
  const clock = jest.spyOn(performance, "now").mockReturnValue(1_000);
  return listening(server, async (port) => {
    const alive = engineWatch(parseEngineAddress(`127.0.0.1:${port}`));
    expect(await Promise.all(Array.from({ length: 50 }, alive))).toEqual(Array(50).fill(true));
    clock.mockReturnValue(1_250);
    expect(await alive()).toBe(true);
    expect(looks).toBe(1);
    server.close();
    expect(await alive()).toBe(true);
    clock.mockReturnValue(1_251);
    expect(await alive()).toBe(false);
  }).finally(() => {
    clock.mockRestore();
  });
});

describe("a process whose engine has gone", () => {
  test("ends, once, and not before", () => {
    const server = createServer();
    let looks = 0;
    server.on("connection", () => looks++);
    return listening(server, async (port) => {
      let ended: number[] = [];
      const end = new Promise<void>((resolve) => {
        endWithEngine(
          parseEngineAddress(`127.0.0.1:${port}`),
          () => {
            ended = [...ended, looks];
            resolve();
          },
          20,
        );
      });
      while (looks < 3) await new Promise(setImmediate);
      expect(ended).toEqual([]);
      server.close();
      await end;
      const seen = looks;
      await sleep(100);
      expect(ended).toEqual([seen]);
    });
  });

  test("is not waited for where no engine started it", async () => {
    const end = jest.fn();
    endWithEngine(undefined, end, 1);
    await sleep(50);
    expect(end).not.toHaveBeenCalled();
  });
});
