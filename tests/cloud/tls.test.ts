import { createServer } from "node:net";
import { Transport } from "../../provider/cloud/transport";
import { failing, withCloud } from "./cloud-world";
import { answering, listening, proxying } from "./local-servers";
import { CERTIFICATE, sendFromProcess, tls, withSecureEmulator } from "./secure-emulator";

const ADVICE = "a private certificate authority goes into NODE_EXTRA_CA_CERTS.";

describe("certificates", () => {
  test("one that nobody vouches for ends the call at once, and names the variable that helps", () =>
    withCloud(
      async ({ cloud, budget, emulator, time, lines }) => {
        const { message } = await failing("Untrusted", cloud.listClients(budget()));
        expect(message).toContain(`${emulator.url}: the connection failed (DEPTH_ZERO_SELF_SIGNED_CERT). `);
        expect(message).toContain(ADVICE);
        expect([emulator.requests(), time.waits, lines.length]).toEqual([[], [], 1]);
      },
      { tls },
    ));

  test("a server that speaks no TLS where https is asked for is not asked again", () =>
    answering(
      (_, response) => response.end("plain"),
      (url) =>
        withCloud(async ({ connect, budget, lines }) => {
          const cloud = connect({ THINKGEO_API_URL: url.replace("http:", "https:") });
          await failing("Untrusted", cloud.listClients(budget()));
          expect(lines).toHaveLength(1);
        }),
    ));

  test("one of a private authority is good where NODE_EXTRA_CA_CERTS names that authority", () =>
    withSecureEmulator(async (_, url) => {
      expect(await sendFromProcess(url, {})).toMatchObject({ kind: "untrusted" });
      expect(await sendFromProcess(url, { NODE_EXTRA_CA_CERTS: CERTIFICATE })).toEqual({
        kind: "answer",
        status: 200,
      });
    }));

  test("one for another name is not good, whoever vouches for it", () =>
    withSecureEmulator(async (emulator, url) => {
      const other = url.replace("127.0.0.1", "127.0.0.2");
      await proxying(async (HTTPS_PROXY) => {
        const environment = { NODE_EXTRA_CA_CERTS: CERTIFICATE, HTTPS_PROXY };
        expect(await sendFromProcess(other, environment)).toEqual({
          kind: "untrusted",
          reason: "the connection failed (ERR_TLS_CERT_ALTNAME_INVALID)",
        });
        expect(emulator.requests()).toEqual([]);
      });
    }));

  test("a server that never ends the handshake is left when the time is up", () =>
    listening(createServer(), async (port) => {
      const transport = new Transport();
      const request = { method: "GET", url: new URL(`https://127.0.0.1:${port}`), headers: {} } as const;
      expect(await transport.send(request, 100)).toMatchObject({
        kind: "not-sent",
        reason: "no connection within 0.1 s",
      });
      transport.close();
    }));
});
