import type { RemoteClient } from "../../provider/model/wire";
import { declare, type Declaration } from "./declaration";
import type { LeftOut } from "./summary";
import type { Survey } from "./survey";
import { SAMPLES } from "../account/place";

/** A client that is written. */
export interface Exported {
  readonly declaration: Declaration;
  /** What stands above it. */
  readonly comments: readonly string[];
}

export interface Wishes {
  readonly samples: boolean;
  readonly own: boolean;
}

/** Divides clients into those that a program can adopt and those that are left out, each with its reason. */
export function sortOut(
  clients: readonly RemoteClient[],
  survey: Survey,
  wishes: Wishes,
): { readonly exported: readonly Exported[]; readonly leftOut: readonly LeftOut[] } {
  const exported: Exported[] = [];
  const leftOut: LeftOut[] = [];
  for (const client of clients) {
    const isSample = SAMPLES.includes(client.name);
    const isOwn = client.id === survey.own?.id;
    const declared = declare(client, survey.rolesOf(client), survey.roles);
    const leave = (why: LeftOut["why"], reason: string): void => {
      const { id, name, clientType } = client;
      leftOut.push({ id, name, type: clientType ?? null, why, reason });
    };
    if (isOwn && !wishes.own)
      leave("own", `${OWN}, so deleting its resource would lock Pulumi out; --include-own writes it`);
    else if (isSample && !wishes.samples) leave("sample", `${SAMPLE}; --include-samples writes it`);
    else if (!declared.ok) leave("undeclarable", declared.reason);
    else {
      const marks = [isSample && capital(SAMPLE), isOwn && capital(OWN)];
      const comments = [...marks.filter((mark) => mark !== false), ...declared.notes];
      exported.push({ declaration: declared.declaration, comments });
    }
  }
  return { exported, leftOut };
}

const SAMPLE = "ThinkGeo makes it with every account";
const OWN = "it is the client that this export signed in with";

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
