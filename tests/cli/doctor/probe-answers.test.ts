import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { MOST_REQUESTS } from "../../../cli/doctor/probe/probe";
import { NOT_ASKED, QUESTION_NAMES, QUESTIONS, TOPICS } from "../../../cli/doctor/probe/questions";
import type { Switches } from "../../../emulator";
import { defaultSwitches } from "../../../emulator/index";
import { REPOSITORY, textOf } from "../../repository";
import { DEFAULTS, POSITIONS } from "./probe-positions";
import { withDoctor } from "./run-doctor";

const YES = ["--probe", "--yes-change-account", "Account 1"];

async function expectAnswers(switches: Partial<Switches>, expected: object): Promise<void> {
  await withDoctor(
    async ({ account, cloud, report }) => {
      const before = JSON.stringify(account.clients());
      const { probe, result, requests } = await report(YES);
      expect(probe?.answers).toMatchObject(expected);
      expect([probe?.ended, probe?.cleaned, probe?.others, result]).toEqual([
        "complete",
        "yes",
        "unchanged",
        "pass",
      ]);
      expect(probe?.requests).toBeLessThanOrEqual(MOST_REQUESTS);
      expect(JSON.stringify(account.clients())).toBe(before);
      expect(cloud.requests().length).toBe(requests);
    },
    { switches },
  );
}

test("of the emulator as it is every question is settled, in about 75 requests", () =>
  withDoctor(async ({ report }) => {
    const { probe } = await report(YES);
    expect(probe?.answers).toEqual(DEFAULTS);
    expect(probe?.reasons).toEqual({});
    expect(probe?.requests).toBeGreaterThan(70);
    expect(probe?.requests).toBeLessThan(80);
  }));

test.each(POSITIONS)("under %j the probe says %j, and leaves no trace", expectAnswers);

describe("what is tested here is all", () => {
  const expected = [DEFAULTS, ...POSITIONS.map(([, answers]) => answers)];
  /** What no switch brings about: a service that answers otherwise than the facts say. */
  const beyond: Readonly<Record<string, readonly string[]>> = {
    createStatus: ["other"],
    updateStatus: ["other"],
    refusalStatus: ["422", "other", "accepted"],
    refusalForm: ["error", "both", "elsewhere"],
    envelopeStatus: ["absent"],
    enumCasing: ["other"],
    rateLimitHeaders: ["present"],
    listOrder: ["other"],
    listCount: ["larger", "absent"],
    staleEtag: ["applied"],
    secretOnCreate: ["null"],
    secretOnGet: ["null"],
    secretInList: ["null"],
    secretOfJavaScript: ["masked"],
    updateMode: ["does both"],
    activeAbsent: ["refused"],
    activeChange: ["refused"],
    unknownFields: ["refused"],
    idempotencyKeys: ["refused"],
    sameNameStatus: ["422", "other"],
    nameForm: ["changed"],
    rolesOtherForm: ["ignored", "refused"],
    rolesOnCreate: ["some"],
    rolesAbsent: ["other", "refused"],
    rolesNull: ["none", "other", "refused"],
    rolesEmpty: ["other", "refused"],
    addressesAbsent: ["other", "refused"],
    addressesNull: ["other", "refused"],
    addressesEmpty: ["kept", "other", "refused"],
    addressOrder: ["refused"],
    addressDuplicates: ["refused"],
    addressWildcard: ["changed", "refused"],
    addressHostBits: ["cleared", "changed", "refused"],
    addressIpv6: ["changed"],
    originOrder: ["refused"],
    originDuplicates: ["refused"],
    originCase: ["changed", "refused"],
    originDot: ["changed", "refused"],
    originPort: ["changed"],
    originScheme: ["changed"],
    originLocalhost: ["changed", "refused"],
    bothLists: ["other"],
    keyElsewhere: ["accepted"],
    keyNoHeader: ["accepted"],
    keyHeader: ["both together"],
    deleteStatus: ["other"],
    deleteUnknown: ["400", "other refusal"],
    deleteSeveral: ["neither"],
    deleteTwice: ["400"],
    deleteKind: ["deactivates"],
    getDeleted: ["404 of another kind", "inactive", "other"],
  };

  test("every answer that a switch brings about", () => {
    const missing = QUESTION_NAMES.flatMap((name) =>
      QUESTIONS[name].answers
        .filter((answer) => !expected.some((answers) => answers[name] === answer))
        .map((answer) => `${name}: ${answer}`),
    );
    expect(missing).toEqual(
      Object.entries(beyond).flatMap(([name, answers]) => answers.map((answer) => `${name}: ${answer}`)),
    );
  });

  test("every switch is asked for, or said not to be; and each of its positions that are asked for is tested", () => {
    const ofTheEmulatorItself = [
      ...["mask", "ignoreFields", "tokenLifetime", "expiresIn", "tokenScope", "wellKnown", "latency"],
      // Either way a delete is believed only when it is seen.
      ...["clientAddress", "deleteAnswer"],
    ];
    const asked = [...new Set(QUESTION_NAMES.flatMap((name) => QUESTIONS[name].switches))];
    const known = [...asked, ...NOT_ASKED.flatMap(({ switches }) => switches), ...ofTheEmulatorItself];
    expect(known.toSorted()).toEqual(Object.keys(defaultSwitches).toSorted());
    const tested = asked.filter((name) => POSITIONS.some(([switches]) => name in switches));
    expect(asked.filter((name) => !tested.includes(name))).toEqual(["softDelete"]);
  });
});

test("a server that keeps what is deleted is seen, and its advice is not another delete", () =>
  withDoctor(
    async ({ account, doctor, report }) => {
      const before = account.clients();
      const { probe } = await report(YES);
      expect(probe).toMatchObject({ ended: "complete", cleaned: "deactivated", others: "unchanged" });
      expect(probe?.answers).toMatchObject({ deleteKind: "deactivates", getDeleted: "inactive" });
      const left = account.clients().slice(before.length);
      expect(left.map(({ isActive }) => isActive)).toEqual([false, false, false]);
      expect(account.clients().slice(0, before.length)).toEqual(before);
      const { err, code } = await doctor(YES);
      expect(code).toBe(0);
      expect(err).toContain("A delete only deactivates here, so these stay in the list, deactivated");
      expect(err).toContain("Nothing has to be done.");
      expect(err).not.toMatch(/DELETE|could not remove/);
      for (const { id } of account.clients().slice(-3)) expect(err).toMatch(new RegExp(`client \\S+ ${id}`));
    },
    { switches: { softDelete: true } },
  ));

test("a server that does not keep the whitelist of the new client is asked nothing more", () =>
  withDoctor(
    async ({ account, report }) => {
      const before = JSON.stringify(account.clients());
      const { probe } = await report(YES);
      expect(probe).toMatchObject({ ended: "stopped", cleaned: "yes", others: "unchanged" });
      expect(probe?.answers["createStatus"]).toBe("200");
      expect(probe?.answers["updateMode"]).toBe("not settled");
      expect(JSON.stringify(account.clients())).toBe(before);
    },
    { switches: { ignoreFields: ["allowedIpAddresses"] } },
  ));

describe("nothing is guessed", () => {
  const ABOUT_KEYS = QUESTION_NAMES.filter((name) => name.startsWith("key"));

  test("a service that refuses an allowed page for another reason settles nothing about pages", () =>
    withDoctor(
      async ({ account, doctor, report }) => {
        account.setRoles(["User"]);
        const { probe } = await report(YES);
        expect(probe).toMatchObject({ ended: "complete", cleaned: "yes" });
        const open = ABOUT_KEYS.filter((name) => probe?.answers[name] === "not settled");
        expect(open).toEqual(ABOUT_KEYS.filter((name) => name !== "keyOnManagement"));
        expect(probe?.answers["keyOnManagement"]).toBe("refused");
        for (const name of open)
          expect(probe?.reasons[name]).toBe("a page that is allowed is refused: HTTP 403");
        const { err, out } = await doctor(YES);
        expect(err).toContain(
          "The elevation service did not take the throw-away key: HTTP 403: This client does not have the role Evaluator or Subscriber.",
        );
        expect(out).toContain("not settled (a page that is allowed is refused: HTTP 403)");
        // What the server said stays in the account.
        expect(JSON.stringify(probe)).not.toContain("Subscriber");
      },
      { switches: { serviceRoleRefusal: 403 } },
    ));

  test.each([
    [429, "HTTP 429"],
    [404, "HTTP 404"],
    [503, "HTTP 503"],
  ])("nor does one that answers HTTP %i", (status, why) =>
    withDoctor(async ({ cloud, report }) => {
      cloud.fault({ kind: "status", status, path: "/api/v1/elevation/**" });
      const { probe } = await report(YES);
      expect(probe).toMatchObject({ ended: "complete", cleaned: "yes" });
      expect(probe?.reasons["keyPort"]).toBe(`the service returned ${why}`);
    }),
  );

  test("a quota that ends between two uses of the key leaves open what was not answered", () =>
    withDoctor(async ({ cloud, report }) => {
      cloud.fault({
        kind: "status",
        status: 429,
        retryAfter: 3600,
        path: "/api/v1/elevation/**",
        at: [6, 8],
      });
      const { probe } = await report(YES);
      expect(probe?.answers).toMatchObject({
        keyElsewhere: "403",
        keyPort: "not settled",
        keyScheme: "does not matter",
      });
      expect(probe?.reasons).toEqual({
        keyPort: "the service returned HTTP 429",
        keyDelay: "the service returned HTTP 429",
        keyBareDomain: "the service returned HTTP 429",
      });
    }));

  test("a whitelist that keeps nobody out settles nothing but that", () =>
    withDoctor(async ({ cloud, report }) => {
      cloud.fault({ kind: "reply", text: '{"data":{},"status":"success"}', path: "/api/v1/elevation/**" });
      const { probe } = await report(YES);
      expect(probe?.answers).toMatchObject({ keyElsewhere: "accepted", keyHeader: "not settled" });
      expect(probe?.reasons["keyPort"]).toBe("a page that is not listed is allowed");
    }));

  test("an update that is never shown ends the probe: nothing could be concluded from what is", () =>
    withDoctor(async ({ account, cloud, doctor, report }) => {
      const before = account.clients();
      cloud.onRequest(({ request, moment }) => {
        if (moment === "before" && request.method === "POST" && /clients\/./.test(request.path))
          cloud.setSwitches({ ignoreFields: ["name", "isActive", "allowedIpAddresses"] });
      });
      const { probe } = await report(YES);
      expect(probe).toMatchObject({ ended: "stopped", cleaned: "yes" });
      expect(probe?.answers).toMatchObject({ updateStatus: "200", activeChange: "not settled" });
      cloud.resetSwitches();
      expect((await doctor(YES)).err).toContain("accepted a change and did not show it");
      expect(account.clients()).toEqual(before);
    }));

  test("answers that are late, and readings that are later, end it too", () =>
    withDoctor(
      async ({ account, doctor }) => {
        const before = account.clients();
        const { err } = await doctor(YES);
        expect(err).toContain("Updates do not return what is stored, and reads show it too late.");
        expect(account.clients()).toEqual(before);
      },
      { switches: { updateAnswer: "old", getLag: 4000 } },
    ));
});

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");
/** Asterisks would begin and end italics. */
const cell = (text: string): string => (text.includes("*") ? code([text]) : text);

const row = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`.replaceAll("|  |", "| |");

const TABLE = [
  row("question", "option of the emulator"),
  row("---", "---"),
  ...Object.entries(TOPICS).flatMap(([topic, questions]) => [
    row(`**${capital(topic)} (${Object.keys(questions).length})**`, ""),
    ...Object.values(questions).map(({ ask, switches }) => row(cell(ask), code(switches))),
  ]),
].join("\n");

const OPEN = NOT_ASKED.map(({ what, switches }) => `- ${capital(what)} (${code(switches)}).`).join("\n");

const PAGE = "docs/thinkgeo-api.md";

// WRITE_DOCS=1 npm test -- probe-answers: after a change of the questions.
test("docs/thinkgeo-api.md has every question, and what is not asked", () => {
  const page = textOf(PAGE);
  const [start, settles = "", open = ""] = page.split(
    /\n### What (?:the probe settles|it does not settle)\n/,
  );
  if (process.env["WRITE_DOCS"] !== undefined)
    writeFileSync(
      join(REPOSITORY, PAGE),
      `${start ?? ""}\n### What the probe settles\n\n${TABLE}\n\n### What it does not settle\n\n${OPEN}\n`,
    );
  else expect([settles.trim(), open.trim()]).toEqual([TABLE, OPEN]);
});

test("every question is in one topic", () => {
  const names = Object.values(TOPICS).flatMap((questions) => Object.keys(questions));
  expect(names.toSorted()).toEqual(QUESTION_NAMES.toSorted());
  const asks = QUESTION_NAMES.map((name) => QUESTIONS[name].ask);
  expect(new Set(asks).size).toBe(asks.length);
});

test("docs/thinkgeo-api.md has the numbers that are true", () => {
  const page = textOf(PAGE);
  expect(page).toContain(`about 75 requests, at most ${MOST_REQUESTS}, not counting retries`);
  expect(page).toContain(`${QUESTION_NAMES.length} of ${QUESTION_NAMES.length} questions are settled`);
});
