import type { RemoteClient } from "../../provider/model/wire";
import { placeIn } from "../account/place";
import { count } from "../text";
import { placeOf, type Managed } from "../stacks/managed";
import type { Age } from "./age";
import { DAY_MS } from "./dates";
import type { Reason } from "./report";
import type { Use } from "./usage";

/** A client whose name begins with the prefix, and what is to become of it. */
export interface Judged {
  readonly client: RemoteClient;
  readonly reason: Reason;
  readonly message: string;
  readonly age: Age | undefined;
  readonly use: Use | "unknown" | undefined;
  readonly managed: readonly Managed[];
}

/** What is known of a client, beside itself. */
export interface Circumstances {
  readonly managed: readonly Managed[];
  /** Ids, in lower case, of clients that the next run of a stack deletes. */
  readonly leaving: ReadonlySet<string>;
  /** GUID of the client that this run signs in with. */
  readonly ownId: string;
  readonly age: Age | undefined;
  /** Undefined where it was not used, or nobody asked; "unknown" where nobody says. */
  readonly use: Use | "unknown" | undefined;
  readonly asksUse: boolean;
}

export interface Rule {
  readonly now: number;
  readonly olderThan: number;
  /** Whether clients that are switched off are swept. */
  readonly inactive: boolean;
}

/** Only what is known to be old, and to be nobody's, is swept. */
export function judge(client: RemoteClient, known: Circumstances, rule: Rule): Judged {
  const { age, use, managed } = known;
  return { client, age, use, managed, ...verdict(client, known, rule) };
}

function verdict(
  client: RemoteClient,
  { managed, leaving, ownId, age, use, asksUse }: Circumstances,
  { now, olderThan, inactive }: Rule,
): Pick<Judged, "reason" | "message"> {
  const place = placeIn(client, managed, ownId, leaving);
  if (place === "managed")
    return { reason: "owned", message: `It is owned by ${managed.map(placeOf).join("; ")}.` };
  if (place === "leaving")
    return { reason: "owned", message: "The next run of the stack that owns it deletes it." };
  if (place === "own") return { reason: "own", message: "This run signs in with it." };
  if (place === "sample") return { reason: "sample", message: "Every account has it." };
  if (!client.isActive && !inactive) return { reason: "inactive", message: "It is switched off." };
  if (age === undefined)
    return {
      reason: "age-unknown",
      message: "Its age is not known: its name has no date, and ThinkGeo tells none.",
    };
  const since = SINCE[age.from](age.day);
  if (age.since > now - olderThan) return { reason: "young", message: `${since}, which is not long enough.` };
  if (use === "unknown")
    return { reason: "use-unknown", message: "ThinkGeo's statistics do not say whether it was used." };
  if (use !== undefined && use.until > now - olderThan)
    return { reason: "used", message: `It was used on ${use.day ?? "a day that cannot be read"}.` };
  const days = count(Math.floor((now - age.since) / DAY_MS), "day");
  const used = use?.day === undefined ? "no use is recorded" : `last used on ${use.day}`;
  return { reason: "old", message: `${since}, ${days} ago${asksUse ? `; ${used}` : ""}.` };
}

const SINCE = {
  account: (day: string) => `Made or changed on ${day}`,
  name: (day: string) => `Its name says ${day}`,
  record: (day: string) => `First seen on ${day}`,
} as const;
