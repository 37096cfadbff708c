import type { FaultRule, Emulator } from "../../../emulator";
import { withDoctor } from "./run-doctor";

const YES = ["--probe", "--yes-change-account", "Account 1"];

const writes = (cloud: Emulator): string[] =>
  cloud
    .requests()
    .filter(({ method, path }) => method !== "GET" && path.startsWith("/api/"))
    .map(({ method, path }) => `${method} ${path}`);

describe("confirmation", () => {
  test("without one and without a terminal nothing is asked of anybody", () =>
    withDoctor(async ({ cloud, doctor }) => {
      const { code, err, out } = await doctor(["--probe"]);
      expect([code, out, cloud.requests()]).toEqual([2, "", []]);
      expect(err).toContain(
        "--probe changes the account and must be confirmed: add --yes-change-account NAME.",
      );
    }));

  test("with another name nothing is changed", () =>
    withDoctor(async ({ cloud, doctor }) => {
      const { code, err } = await doctor(["--probe", "--yes-change-account", "Account 2"]);
      expect([code, writes(cloud)]).toEqual([2, []]);
      expect(err).toContain('Nothing was changed: "Account 2" is not the account\'s name.');
    }));

  test("a person is told what happens, and types the account's name", () =>
    withDoctor(async ({ cloud, doctor }) => {
      const asked: string[] = [];
      const typing = (name: string) => ({
        ask: (question: string) => {
          asked.push(question);
          return Promise.resolve(name);
        },
      });
      const no = await doctor(["--probe"], typing(""));
      expect([no.code, writes(cloud)]).toEqual([2, []]);
      expect(no.err).toContain("It makes about 75 requests, at most 180");
      expect(asked).toEqual(['To do this to the account "Account 1", type its name: ']);
      const yes = await doctor(["--probe"], typing(" Account 1 "));
      expect([yes.code, yes.out.includes("questions are settled")]).toEqual([0, true]);
    }));

  test("a name that is shown otherwise than it is, is typed as it is shown", () =>
    withDoctor(async ({ account, cloud, doctor }) => {
      const data = { id: account.id, name: "Evil\u202eeman" };
      const text = JSON.stringify({ data, status: "success" });
      cloud.fault({ kind: "reply", text, path: "/api/v1/accounts/current" });
      const asked: string[] = [];
      const ask = (question: string): Promise<string> => {
        asked.push(question);
        return Promise.resolve("Evil\\u202eeman");
      };
      const { out } = await doctor(["--probe"], { ask });
      expect(asked).toEqual(['To do this to the account "Evil\\u202eeman", type its name: ']);
      expect(out).toContain("questions are settled");
    }));

  test("a client that may not manage clients is not tried", () =>
    withDoctor(async ({ account, cloud, doctor }) => {
      account.editClient(account.operatorId, { grantedRoles: ["Evaluator"] });
      const { code, err } = await doctor(YES);
      expect([code, writes(cloud)]).toEqual([1, []]);
      expect(err).toContain("The probe was not made: the client cannot manage clients");
    }));
});

describe("faults in the middle", () => {
  const faults: readonly FaultRule[] = [
    { kind: "drop", method: "POST", path: "/api/v1/clients", when: "after", at: 1 },
    { kind: "drop", method: "POST", path: "/api/v1/clients", when: "before", at: 1 },
    { kind: "reset", method: "POST", path: "/api/v1/clients", when: "after", at: 2 },
    { kind: "truncate", method: "POST", path: "/api/v1/clients", at: 1 },
    { kind: "status", status: 500, method: "POST", path: "/api/v1/clients", when: "after", at: 2 },
    { kind: "html", method: "POST", path: "/api/v1/clients", at: 1 },
    { kind: "status", status: 403, method: "POST", path: "/api/v1/clients/*", at: 3 },
    { kind: "status", status: 400, method: "POST", path: "/api/v1/clients/*", at: 2 },
    { kind: "garbage", method: "GET", path: "/api/v1/clients/*", at: 2 },
    { kind: "status", status: 401, path: "/api/v1/clients/*", at: [5, 6] },
    { kind: "drop", path: "/api/v1/clients/**", probability: 0.2, seed: 7 },
    { kind: "status", status: 503, path: "/api/v1/clients/**", probability: 0.3, seed: 3 },
    { kind: "status", status: 429, path: "/api/v1/clients/**", probability: 0.3, seed: 5 },
    { kind: "drop", method: "DELETE", when: "after", at: [1, 2, 3] },
    { kind: "status", status: 400, method: "DELETE", at: [1, 2, 3, 4] },
  ];

  /** A create that never arrived, and looks as if it may have. */
  const lost = ({ kind, method, path, when }: FaultRule): boolean =>
    method === "POST" && path === "/api/v1/clients" && when !== "after" && ["drop", "html"].includes(kind);

  test.each(faults)("%j: the account is what it was", (rule) =>
    withDoctor(async ({ account, cloud, report }) => {
      const before = JSON.stringify(account.clients());
      const hook = cloud.onRequest(({ request, moment }) => {
        // From the probe's first list on: the checks before it are not what is tested here.
        if (moment === "before" && request.path === "/api/v1/roles/accounts/current") cloud.fault(rule);
      });
      const { probe } = await report(YES);
      hook();
      expect(probe).toMatchObject({ cleaned: lost(rule) ? "probably" : "yes", others: "unchanged" });
      expect(JSON.stringify(account.clients())).toBe(before);
    }),
  );

  test("a create that is refused: the server's reason is said, and nothing is said to be deleted", () =>
    withDoctor(
      async ({ account, doctor, report }) => {
        const before = account.clients();
        const { code, err, out } = await doctor(YES);
        expect(code).toBe(1);
        expect(err).toContain(
          "The probe stopped: The server refused to make the client (HTTP 400: name: The field name must not be longer than 20 characters).",
        );
        expect(out).toContain("are settled, by 3 requests; it made no client.");
        expect(out + err).not.toMatch(/are deleted|could not remove/);
        expect((await report(YES)).probe).toMatchObject({ ended: "stopped", cleaned: "nothing made" });
        expect(account.clients()).toEqual(before);
      },
      { switches: { nameLimit: 20 } },
    ));

  test("a refusal that is none of the API's: its words are presentable", () =>
    withDoctor(async ({ account, cloud, doctor }) => {
      const message = `No\u001b[2J\u202e${account.clientSecret}`;
      cloud.fault({ kind: "status", status: 409, message, method: "POST", path: "/api/v1/clients" });
      const { err } = await doctor(YES);
      expect(err).toContain("refused to make the client (HTTP 409: No\\u001b[2J\\u202e[redacted]).");
    }));

  test.each([
    ["POST", "/api/v1/clients"],
    ["POST", "/api/v1/clients/*"],
    ["GET", "/api/v1/clients/*"],
  ])("answers to %s %s show a colleague's client: it is left alone", (method, path) =>
    withDoctor(async ({ account, cloud, doctor }) => {
      const theirs = account.addClient({ name: "Colleague", allowedIpAddresses: ["203.0.113.1"] });
      const all = account.clients();
      cloud.onRequest(({ request, moment }) => {
        if (moment !== "before" || request.path !== "/api/v1/clients" || request.method !== "POST") return;
        if (cloud.faults.length === 0)
          cloud.fault({ kind: "other-client", client: "Colleague", method, path });
      });
      const { err, out } = await doctor(YES);
      expect(err).toMatch(/another client than the one that was (?:to be made|asked for)/);
      expect(out).toMatch(/stopped before its end.*; its clients are deleted\.\n.*other clients: unchanged/);
      expect(account.client(theirs.id)).toEqual(theirs);
      expect(account.clients()).toEqual(all);
      expect(cloud.requests({ path: `/api/v1/clients/${theirs.id}` })).toEqual([]);
    }),
  );

  test("a fault of the probe's own: it cleans up, and is told for what it is", () =>
    withDoctor(async ({ account, cloud, doctor }) => {
      const before = JSON.stringify(account.clients());
      const end = cloud.onRequest(({ request, moment }) => {
        if (moment !== "before" || request.method !== "POST" || request.path !== "/api/v1/clients") return;
        end();
        const { name } = request.body as { name: string };
        // An id that no address can carry.
        cloud.fault({ kind: "broken-client", client: name, field: "id", value: "..", method: "POST" });
      });
      const { code, err } = await doctor(YES);
      expect(code).toBe(2);
      expect(err).toContain('The probe stopped: ".." cannot be the id of a client.');
      expect(err).toContain('thinkgeo doctor: ".." cannot be the id of a client.');
      expect(JSON.stringify(account.clients())).toBe(before);
    }));

  test.each([3000, 60_000])("a list that is %i ms late: what was made is deleted without it", (listLag) =>
    withDoctor(async ({ account, cloud, doctor }) => {
      const before = JSON.stringify(account.clients());
      cloud.setSwitches({ listLag });
      cloud.fault({ kind: "status", status: 403, method: "POST", path: "/api/v1/clients", at: 2 });
      const { out, err } = await doctor(YES);
      expect(out).toContain("The probe stopped before its end");
      expect(out).toContain("its clients are deleted.");
      expect(err).not.toContain("could not remove");
      expect(JSON.stringify(account.clients())).toBe(before);
    }),
  );

  test("a create whose answer is lost, and a list that is late", () =>
    withDoctor(async ({ account, cloud, report }) => {
      const before = JSON.stringify(account.clients());
      cloud.setSwitches({ listLag: 5000 });
      cloud.fault({ kind: "drop", method: "POST", path: "/api/v1/clients", when: "after", at: 2 });
      expect((await report(YES)).probe).toMatchObject({ ended: "stopped", cleaned: "yes" });
      expect(JSON.stringify(account.clients())).toBe(before);
    }));

  test("a create whose answer is lost, of a name that the server has cut off, is named", () =>
    withDoctor(
      async ({ account, cloud, doctor }) => {
        cloud.fault({ kind: "drop", method: "POST", path: "/api/v1/clients", when: "after", at: 1 });
        const { out, err } = await doctor(YES);
        expect(out).toContain("but for one that was perhaps made and has not been seen");
        expect(err).toMatch(/a client named thinkgeo-doctor-\d{13} may have been made: look for it/);
        expect(account.clients().slice(3)).toMatchObject([{ name: "thinkgeo-doctor-1" }]);
      },
      { switches: { nameForm: "shortened", nameLimit: 17 } },
    ));

  test("readings that are late: what was deleted is not said to be left", () =>
    withDoctor(async ({ account, cloud, report }) => {
      const before = JSON.stringify(account.clients());
      cloud.setSwitches({ getLag: 2000, listLag: 2000 });
      cloud.fault({ kind: "status", status: 403, method: "POST", path: "/api/v1/clients/*", at: 1 });
      expect((await report(YES)).probe).toMatchObject({ ended: "stopped", cleaned: "yes" });
      expect(JSON.stringify(account.clients())).toBe(before);
    }));

  test("a service that goes away for good: what is left is named, and how to delete it", () =>
    withDoctor(async ({ account, cloud, doctor }) => {
      const before = account.clients();
      cloud.onRequest(({ request, moment }) => {
        if (moment === "before" && request.method === "POST" && /clients\/./.test(request.path))
          cloud.fault({ kind: "status", status: 503 });
      });
      const { code, err, out } = await doctor(YES);
      expect(code).toBe(1);
      expect(out).toContain("not all of its clients are gone");
      const left = account.clients().slice(before.length);
      expect(left.length).toBe(2);
      for (const { id } of left) expect(err).toContain(`DELETE ${cloud.url}/api/v1/clients?clientIds=${id}`);
    }));

  test("a client that cannot be deleted is at least deactivated", () =>
    withDoctor(async ({ account, cloud, doctor }) => {
      const before = account.clients();
      cloud.fault({ kind: "status", status: 400, method: "DELETE" });
      const { err } = await doctor(YES);
      const left = account.clients().slice(before.length);
      expect(left.map(({ isActive }) => isActive)).toEqual([false, false, false]);
      for (const { id } of left) expect(err).toContain(`${id} (inactive)`);
    }));

  test("clients of others that have such a name are never touched", () =>
    withDoctor(async ({ account, report }) => {
      const theirs = account.addClient({ name: "thinkgeo-doctor-1700000000000" });
      await report(YES);
      expect(account.client(theirs.id)).toEqual(theirs);
    }));

  test("a change that somebody else makes meanwhile is said", () =>
    withDoctor(async ({ account, cloud, report }) => {
      cloud.onRequest(({ request, moment }) => {
        if (moment === "before" && request.method === "DELETE")
          account.editClient("Sample Native Client", { isActive: false });
      });
      expect((await report(YES)).probe).toMatchObject({ cleaned: "yes", others: "changed" });
    }));
});

describe("interrupted", () => {
  test.each([1, 2, 3, 9, 30, 50])("at request %i of the probe it cleans up", (count) =>
    withDoctor(async ({ account, cloud, doctor }) => {
      const before = JSON.stringify(account.clients());
      let seen = 0;
      const end = cloud.onRequest(({ request, moment }) => {
        if (moment !== "after" || !request.path.startsWith("/api/v1/clients")) return;
        seen += 1;
        // The first list and the names of the roles are the doctor's own.
        if (seen === count + 2) process.emit("SIGINT");
      });
      const { code, out, err } = await doctor(YES);
      end();
      expect(code).toBe(130);
      expect(err).toContain("Interrupted: finishing what is under way.");
      expect(err).toMatch(/thinkgeo doctor: interrupted \(SIGINT\)\.\n$/);
      expect(out).toContain("The probe was interrupted");
      expect(JSON.stringify(account.clients())).toBe(before);
      expect(process.listenerCount("SIGINT")).toBe(0);
    }),
  );

  test("a second time it leaves at once, and says what it leaves", () =>
    withDoctor(async ({ account, cloud, doctor }) => {
      const before = account.clients().length;
      const exit = jest.spyOn(process, "exit").mockImplementation((() => undefined) as () => never);
      const left: string[] = [];
      const end = cloud.onRequest(({ request, moment }) => {
        if (moment !== "after" || request.method !== "POST" || !/clients\/./.test(request.path)) return;
        if (left.length > 0) return;
        left.push(
          ...account
            .clients()
            .slice(before)
            .map(({ id }) => id),
        );
        process.emit("SIGINT");
        process.emit("SIGINT");
      });
      const { err } = await doctor(YES);
      end();
      expect(exit.mock.calls).toEqual([[130]]);
      exit.mockRestore();
      expect(left).toHaveLength(2);
      for (const id of left) expect(err).toContain(`DELETE ${cloud.url}/api/v1/clients?clientIds=${id}`);
    }));
});
