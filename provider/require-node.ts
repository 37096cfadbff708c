import { UserError } from "./troubleshooting";
import { nodeProblem } from "./versions";

/* Imported for its effect, before anything that an older Node.js cannot load. */
const problem = nodeProblem(process.versions.node);
if (problem !== undefined) throw new UserError("node-too-old", problem);
