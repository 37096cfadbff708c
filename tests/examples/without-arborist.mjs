import { registerHooks } from "node:module";

/*
 * The SDK of Pulumi loads npm's resolver, which is more than half of all its modules, for archives of functions. npm has
 * one of its own, and needs it.
 */
registerHooks({
  load: (url, context, next) =>
    url.endsWith("/@npmcli/arborist/lib/index.js") && !url.includes("/npm/node_modules/")
      ? { format: "commonjs", source: "exports.Arborist = undefined;", shortCircuit: true }
      : next(url, context),
});
