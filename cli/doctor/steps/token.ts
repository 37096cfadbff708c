import * as z from "zod";
import { readAnswer } from "../../../provider/cloud/answer";
import { quote, type ThinkGeoError } from "../../../provider/cloud/failure";
import { CHECK_CREDENTIALS } from "../../../provider/cloud/explain";
import type { WireAnswer } from "../../../provider/cloud/transport";
import { readJson } from "../../text";
import { attempt, failed } from "../context";
import { defineStep, fail, failureOf, info, pass, warn, type Claims, type StepFinding } from "../step";

/** Asks for a token, and explains the token endpoint's response. */
export const token = defineStep({
  name: "token",
  title: "Token",
  needs: ["credentials", "api", "connection"],
  run: async ({ api: { cloud, budget } }, { recorder }) => {
    const granted = await attempt(cloud.signIn(budget()));
    if (failed(granted)) return { findings: [refusal(granted.error, recorder.lastAnswer)] };
    const claims = readClaims(granted);
    const opaque = info("It is no JSON web token, so nothing more can be read from it.");
    return {
      findings: [...accepted(recorder.lastAnswer), ...(claims === undefined ? [opaque] : [])],
      facts: { token: { claims } },
    };
  },
});

const issued = z.looseObject({
  expires_in: z.unknown().optional(),
  token_type: z.unknown().optional(),
});
const refused = z.looseObject({ error: z.string() });

const bodyOf = (answer: WireAnswer | undefined): unknown => {
  const body = readAnswer(answer?.text ?? "");
  return body.kind === "json" ? body.value : undefined;
};

function accepted(answer: WireAnswer | undefined): StepFinding[] {
  const parsed = issued.safeParse(bodyOf(answer));
  const { expires_in: seconds, token_type: type } = parsed.success ? parsed.data : {};
  const life = Number(seconds);
  const said =
    Number.isFinite(life) && life > 0
      ? pass(`The token endpoint accepts the client and issued a token for ${life} s.`)
      : warn(
          "The token endpoint issued a token and did not say for how long.",
          "Nothing: it is renewed every minute.",
        );
  const odd =
    typeof type === "string" && type.toLowerCase() !== "bearer"
      ? [
          warn(
            `It calls the token's type ${quote(type)}, and "Bearer" is sent.`,
            "Tell us, with this report.",
          ),
        ]
      : [];
  return [said, ...odd];
}

/** The error codes of OAuth, and what they mean here. */
const MEANINGS: Readonly<Record<string, readonly [meaning: string, todo: string]>> = {
  invalid_client: [
    "it does not know this clientId with this clientSecret, or the client is not active, or its whitelist does not hold this machine's address",
    CHECK_CREDENTIALS,
  ],
  unauthorized_client: [
    "it knows the client, which may not authenticate like this: it is probably a JavaScript client",
    "Take the ClientId and ClientSecret of a NativeConfidential client.",
  ],
  invalid_request: [
    "it did not understand the request",
    "Check thinkgeo:tokenUrl, and that no proxy changes requests.",
  ],
  invalid_scope: ["it has other scopes than this version expects", "Tell us, with this report."],
  unsupported_grant_type: [
    "it does not give tokens to programs (client_credentials)",
    "Check thinkgeo:tokenUrl; if it is right, tell us, with this report.",
  ],
};

function refusal(error: ThinkGeoError, answer: WireAnswer | undefined): StepFinding {
  const parsed = refused.safeParse(bodyOf(answer));
  const code = parsed.success ? parsed.data.error : "";
  const known = Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined;
  return known === undefined
    ? failureOf(error)
    : fail(`The token endpoint returned "${code}": ${known[0]}.`, known[1]);
}

const text = z.string().optional().catch(undefined);
const NAMESPACE = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";
const payloadClaims = z.looseObject({
  clientId: text,
  clientName: text,
  [`${NAMESPACE}/nameidentifier`]: text,
  [`${NAMESPACE}/name`]: text,
});

/** The claims of a JSON web token, without checking its signature; undefined if it is no such token. */
export function readClaims(token: string): Claims | undefined {
  const [, payload, signature] = token.split(".");
  if (payload === undefined || signature === undefined) return undefined;
  const parsed = payloadClaims.safeParse(readJson(Buffer.from(payload, "base64url").toString("utf8")));
  if (!parsed.success) return undefined;
  const claim = (name: string): string | undefined => {
    const value = parsed.data[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  return {
    clientGuid: claim("clientId"),
    clientName: claim("clientName"),
    accountId: claim(`${NAMESPACE}/nameidentifier`),
    accountName: claim(`${NAMESPACE}/name`),
  };
}
