import { readAnswer } from "../../../provider/cloud/answer";
import { redirectTarget } from "../../../provider/cloud/explain";
import { proxyFor } from "../../../provider/cloud/proxy";
import type { WireAnswer, WireResult } from "../../../provider/cloud/transport";
import { clockSkew } from "../../account/recorder";
import type { Terminal } from "../../terminal/terminal";
import { attempt, failed } from "../context";
import { defineStep, fail, info, pass, warn, type StepFinding } from "../step";

/** Whether a server responds at the URL, and whether it can be trusted. Asks for the API's description, which needs no token. */
export const address = defineStep({
  name: "address",
  title: "Address and TLS",
  needs: ["api"],
  run: async ({ api: { cloud, configuration, budget } }, { recorder, terminal }) => {
    const read = await attempt(cloud.describeApi(budget()));
    const url = new URL(configuration.apiUrl);
    const { last } = recorder;
    const route = routeFinding(url, terminal);
    if (last?.result.kind !== "answer") return { findings: [unreached(url, last?.result), route] };
    const found = responseFindings(url, last.result, last.receivedAt - last.sentAt);
    const isUsable = !found.some(({ level }) => level === "fail");
    return {
      findings: [...found, route, ...tokenHostFindings(url, configuration.tokenUrl)],
      facts: {
        connection: true,
        ...(isUsable ? { description: failed(read) ? read : { document: read } } : {}),
      },
    };
  },
});

function responseFindings(url: URL, answer: WireAnswer, ms: number): StepFinding[] {
  const { status, headers } = answer;
  const location = headers["location"];
  if (status >= 300 && status < 400) {
    const target = location === undefined ? "" : ` to ${redirectTarget(url, location)}`;
    const todo = "Set thinkgeo:apiUrl to the final address, if you trust it: redirects are not followed.";
    return [fail(`${url.origin} returned HTTP ${status}, a redirect${target}.`, todo)];
  }
  if (status >= 500) {
    const found = `${url.origin} returned HTTP ${status}: it is reachable, and fails.`;
    return [fail(found, "Try again later; if a proxy is in between, ask who runs it.")];
  }
  const reached = pass(`${url.origin} responded (HTTP ${status}, ${Math.round(ms)} ms).`);
  const trust =
    url.protocol === "https:"
      ? pass("Its certificate is valid and trusted.")
      : info("Without TLS, which only this machine itself may be asked for.");
  const isPage = status < 300 && readAnswer(answer.text).kind === "html";
  const page = warn(
    "The URL of its description returns a web page: a login page or a proxy may respond in ThinkGeo's place.",
    "Open thinkgeo:apiUrl in a browser on this machine, and see what it is.",
  );
  return [reached, trust, ...(isPage ? [page] : [])];
}

function unreached(url: URL, result: WireResult | undefined): StepFinding {
  const reason = result === undefined || result.kind === "answer" ? "nothing was sent" : result.reason;
  const known = CERTIFICATES.find(([code]) => reason.includes(code));
  if (known !== undefined)
    return fail(`The certificate of ${url.origin} is not trusted: ${known[1]}.`, known[2]);
  const todo =
    result?.kind === "untrusted"
      ? "Check thinkgeo:apiUrl and the proxy; a private certificate authority goes into NODE_EXTRA_CA_CERTS."
      : "Check thinkgeo:apiUrl, the network and the proxy (HTTPS_PROXY and NO_PROXY are honoured).";
  return fail(`${url.origin} was not reached: ${reason}.`, todo);
}

const AUTHORITY =
  "If it is your company's own or its proxy's, put the file of its authority into NODE_EXTRA_CA_CERTS.";
const CERTIFICATES: readonly (readonly [code: string, what: string, todo: string])[] = [
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "it vouches only for itself (DEPTH_ZERO_SELF_SIGNED_CERT)", AUTHORITY],
  ["SELF_SIGNED_CERT_IN_CHAIN", "an unknown authority made it (SELF_SIGNED_CERT_IN_CHAIN)", AUTHORITY],
  ["UNABLE_TO_GET_ISSUER_CERT", "an unknown authority made it (UNABLE_TO_GET_ISSUER_CERT)", AUTHORITY],
  ["UNABLE_TO_VERIFY_LEAF", "an unknown authority made it (UNABLE_TO_VERIFY_LEAF_SIGNATURE)", AUTHORITY],
  [
    "CERT_HAS_EXPIRED",
    "it has expired (CERT_HAS_EXPIRED)",
    "Check this machine's clock; else tell ThinkGeo.",
  ],
  ["CERT_NOT_YET_VALID", "it is not valid yet (CERT_NOT_YET_VALID)", "Check this machine's clock."],
  [
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "it is for another name (ERR_TLS_CERT_ALTNAME_INVALID)",
    "Check the host in thinkgeo:apiUrl.",
  ],
];

function routeFinding(url: URL, terminal: Terminal): StepFinding {
  const proxy = proxyFor(url, terminal.environment);
  if (proxy === undefined) return info("No proxy is used.");
  // Without the credentials that the URL may have.
  const host = proxy.address?.host ?? "that cannot be used";
  return info(`Through the proxy ${host} (${proxy.variable}).`);
}

function tokenHostFindings(url: URL, tokenUrl: string): StepFinding[] {
  const { origin } = new URL(tokenUrl);
  return origin === url.origin ? [] : [info(`Tokens come from another address, ${origin}.`)];
}

const WARN_SECONDS = 60;
const FAIL_SECONDS = 300;

/** Compares this machine's clock with the server's: tokens expire by the server's and are renewed by this machine's. */
export const clock = defineStep({
  name: "clock",
  title: "Clock",
  needs: ["api", "connection", "description"],
  run: (_, { recorder }) => {
    const skew = clockSkew(recorder.requests);
    return {
      findings: [
        skew === undefined ? info("The server does not say what time it is.") : skewFinding(skew / 1000),
      ],
    };
  },
});

function skewFinding(seconds: number): StepFinding {
  const off = Math.abs(Math.round(seconds));
  const words = `This machine's clock is ${off} s ${seconds > 0 ? "ahead of" : "behind"} the server's.`;
  const todo = "Set this machine's clock (NTP): tokens would seem to end too early or too late.";
  if (off > FAIL_SECONDS) return fail(words, todo);
  if (off > WARN_SECONDS) return warn(words, todo);
  return pass(
    off <= 1 ? "This machine's clock and the server's agree." : `${words.slice(0, -1)}, which does no harm.`,
  );
}
