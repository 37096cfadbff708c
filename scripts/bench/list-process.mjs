// node list-process.mjs FOLDER-OF-DIST: lists the account of the environment, as drift and export do first.
import { createRequire } from "node:module";
import * as path from "node:path";

const load = createRequire(path.join(process.argv[2] ?? "", "index.js"));
/** @type {import("../../dist/provider/client/connection.js")} */
const { connect } = load("./provider/client/connection.js");
/** @type {import("../../dist/provider/configuration.js")} */
const { readConfiguration } = load("./provider/configuration.js");

const { cloud, budget, transport } = connect(readConfiguration(() => undefined, process.env));
const { clients } = await cloud.listClients(budget());
transport.close();
console.log(clients.length);
