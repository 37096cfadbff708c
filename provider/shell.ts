/**
 * The only text of this package that enters state, twice for each client: it loads today's code whenever the engine
 * reads or deletes what an older version made. Never change it (contributing/decisions/001-shell.md); a golden test pins it.
 */
export const SHELL = 'exports.handler = () => require("pulumi-thinkgeo/runtime").provider;';

/** How the engine knows the resource: a type of Pulumi's own dynamic provider. */
export const CLIENT_TYPE_TOKEN = "pulumi-nodejs:dynamic/thinkgeo:Client";

/** The same of the native plugin. */
export const NATIVE_CLIENT_TYPE_TOKEN = "thinkgeo:index:Client";

/** The line for a RotatingClient, and how the engine knows it. */
export const ROTATING_SHELL = 'exports.handler = () => require("pulumi-thinkgeo/runtime").rotation;';

export const ROTATING_CLIENT_TYPE_TOKEN = "pulumi-nodejs:dynamic/thinkgeo:RotatingClient";
export const NATIVE_ROTATING_CLIENT_TYPE_TOKEN = "thinkgeo:index:RotatingClient";

/** What a resource of a type is, whichever host manages it; undefined where it is none of this package's. */
export function kindOfToken(type: string): "Client" | "RotatingClient" | undefined {
  if ([CLIENT_TYPE_TOKEN, NATIVE_CLIENT_TYPE_TOKEN].includes(type)) return "Client";
  if ([ROTATING_CLIENT_TYPE_TOKEN, NATIVE_ROTATING_CLIENT_TYPE_TOKEN].includes(type)) return "RotatingClient";
  return undefined;
}
