import { PolicyPack } from "@pulumi/policy";
import { clientPolicies } from "pulumi-thinkgeo/policy";

// Levels and settings come from --policy-pack-config. Rules of your own go into the same list.
new PolicyPack("thinkgeo", { policies: [...clientPolicies] });
