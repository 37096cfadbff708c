import * as z from "zod";
import { readAnswer } from "../../../provider/cloud/answer";
import { quote, type ThinkGeoError } from "../../../provider/cloud/failure";
import { CHECK_CREDENTIALS } from "../../../provider/cloud/explain";
import type { WireAnswer } from "../../../provider/cloud/transport";
import { readClaims } from "../claims";
import { type Finding, fail, failureOf, info, pass, warn } from "../finding";
import type { Step } from "../step";
import { failed, outcome } from "../visit";

/** Signs in, and says in words what the identity server said. */
export const token: Step = {
  name: "token",
  title: "Token",
  needs: ["credentials", "connection"],
  run: async (visit) => {
    const { cloud, witness } = visit;
    if (cloud === undefined) return [];
    const granted = await outcome(cloud.signIn(visit.budget()));
    if (failed(granted)) return [refusal(granted.error, witness.lastAnswer)];
    visit.token = granted;
    visit.claims = readClaims(granted);
    const known =
      visit.claims === undefined ? "It is no JSON web token, so nothing more can be read from it." : "";
    return [...accepted(witness.lastAnswer), ...(known === "" ? [] : [info(known)])];
  },
};

const issued = z.looseObject({
  expires_in: z.unknown().optional(),
  token_type: z.unknown().optional(),
});
const refused = z.looseObject({ error: z.string() });

const bodyOf = (answer: WireAnswer | undefined): unknown => {
  const body = readAnswer(answer?.text ?? "");
  return body.kind === "json" ? body.value : undefined;
};

function accepted(answer: WireAnswer | undefined): Finding[] {
  const parsed = issued.safeParse(bodyOf(answer));
  const { expires_in: seconds, token_type: type } = parsed.success ? parsed.data : {};
  const life = Number(seconds);
  const said =
    Number.isFinite(life) && life > 0
      ? pass(`The identity server accepts the client and gave a token for ${life} s.`)
      : warn(
          "The identity server gave a token and did not say for how long.",
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

/** IdentityServer's words, in ours. */
const MEANINGS: Readonly<Record<string, readonly [meaning: string, todo: string]>> = {
  invalid_client: [
    "it does not know this clientId with this clientSecret, or the client is not active, or its whitelist does not hold this machine's address",
    CHECK_CREDENTIALS,
  ],
  unauthorized_client: [
    "it knows the client, which may not sign in like this: it is probably a JavaScript client",
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

function refusal(error: ThinkGeoError, answer: WireAnswer | undefined): Finding {
  const parsed = refused.safeParse(bodyOf(answer));
  const code = parsed.success ? parsed.data.error : "";
  const known = Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined;
  return known === undefined
    ? failureOf(error)
    : fail(`The identity server said "${code}": ${known[0]}.`, known[1]);
}
