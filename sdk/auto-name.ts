import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

const LONGEST_STEM = 200;

/** What a generated name is made of: the same in every run, and another one for every resource of every stack. */
export function autoName(
  name: string,
  type: string,
  parent: pulumi.Resource | undefined,
): pulumi.Output<string> {
  const stem = name.replace(/\p{Cc}/gu, "").slice(0, LONGEST_STEM);
  const urn = valueOf(pulumi.createUrn(name, type, parent));
  return pulumi.output(
    urn.then((text) => `${stem}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}`),
  );
}

/**
 * The value of an output without its dependencies. A URN depends on the parent, which for a component means all of its
 * children: as an input of a child it would make siblings wait for each other for ever.
 */
const valueOf = (output: pulumi.Output<string>): Promise<string> =>
  (output as unknown as { promise: () => Promise<string> }).promise();
