/**
 * The only text of this package that enters state, twice for each client: it loads today's code whenever the engine
 * reads or deletes what an older version made. Never change it (docs/decisions/001-shell.md); a golden test pins it.
 */
export const SHELL = 'exports.handler = () => require("pulumi-thinkgeo/runtime").provider;';

/** How the engine knows the resource: a type of Pulumi's own dynamic provider. */
export const CLIENT_TYPE_TOKEN = "pulumi-nodejs:dynamic/thinkgeo:Client";

/** The same for a RotatingClient. */
export const ROTATING_SHELL = 'exports.handler = () => require("pulumi-thinkgeo/runtime").rotation;';

export const ROTATING_CLIENT_TYPE_TOKEN = "pulumi-nodejs:dynamic/thinkgeo:RotatingClient";
