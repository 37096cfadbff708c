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
  return pulumi
    .createUrn(name, type, parent)
    .apply((urn) => `${stem}-${createHash("sha256").update(urn).digest("hex").slice(0, 8)}`);
}
