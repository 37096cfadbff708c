import * as pulumi from "@pulumi/pulumi";
import * as thinkgeo from "pulumi-thinkgeo";

// One stack for each pull request, named after it.
const stack = pulumi.getStack();
if (!/^pr-[1-9]\d*$/.test(stack))
  throw new Error(
    `A stack of this program is named after its pull request, as pr-123 is, and not "${stack}".`,
  );

const config = new pulumi.Config();
const host = `${stack}.${config.require("previewDomain")}`;

const key = new thinkgeo.Client("page", {
  // From the day in the name "thinkgeo sweep" knows the age of an orphaned key. A later push changes the name in place, and
  // the key stays the same.
  name: `${stack}-${config.require("pushed")}`,
  type: "JavaScript",
  grantedRoles: [config.require("serviceRole")],
  allowedOrigins: [host],
  deletionPolicy: "delete",
});

export const url = `https://${host}`;
export const apiKey = key.apiKey;
