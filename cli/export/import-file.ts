import { IdMap } from "../../provider/model/ids";
import { SECRET_MARK } from "../../provider/model/values";
import { CLIENT_TYPE_TOKEN, NATIVE_CLIENT_TYPE_TOKEN, SHELL } from "../../provider/shell";
import { quoted } from "../text";
import type { Declaration } from "./declaration";
import { nameAll } from "./identifiers";
import type { Written } from "./report";
import type { Exported } from "./select";
import type { Target } from "./target";

/** A client and the name of its resource. */
interface Imported {
  readonly resource: string;
  readonly declaration: Declaration;
}

/**
 * The clients of an import file: those that this export has written, or would write without a program of its own, and of those
 * that the program has already the ones whose resources are known.
 */
export function importedClients(
  exported: readonly Exported[],
  written: readonly Written[],
  present: readonly Exported[],
  target: Target | undefined,
): { readonly clients: readonly Imported[]; readonly notes: readonly string[] } {
  if (target === undefined) {
    const clients = exported.map(({ declaration }) => ({ id: declaration.adopt, name: declaration.name }));
    const names = nameAll(clients, { resources: new Set(), variables: new Set() });
    return {
      clients: exported.map(({ declaration }, index) => ({
        resource: names[index]?.resource ?? "",
        declaration,
      })),
      notes: [],
    };
  }
  const resources = new IdMap<string>();
  for (const { id, resource } of written) resources.set(id, resource);
  // What is in state and not in the program is deleted by the next run.
  for (const [id, resource] of target.folder.manifest)
    if (target.fileOf(resource) !== undefined) resources.set(id, resource);
  const all = [...exported, ...present].map(({ declaration }) => ({
    resource: resources.get(declaration.adopt),
    declaration,
  }));
  return {
    clients: all.flatMap(({ resource, declaration }) =>
      resource === undefined ? [] : [{ resource, declaration }],
    ),
    notes: all.flatMap(({ resource, declaration: { name, adopt } }) =>
      resource === undefined
        ? [
            `Not in the import file: ${quoted(name, 80)} (${adopt}), whose resource in the program is not known.`,
          ]
        : [],
    ),
  };
}

/** Which host of the provider the resources are for. */
type Host = "native" | "dynamic";

/** What `pulumi import --file` reads. */
export const printImportFile = (clients: readonly Imported[], host: Host): string =>
  `${JSON.stringify({ resources: clients.map(host === "native" ? nativeResource : dynamicResource) }, undefined, 2)}\n`;

const nativeResource = ({ resource, declaration }: Imported): object => ({
  type: NATIVE_CLIENT_TYPE_TOKEN,
  name: resource,
  id: declaration.adopt,
});

/**
 * Of a dynamic resource the engine cannot read anything that state does not have, so state is given here; the refresh that
 * follows fills it. The secret is empty, and marked so that it is encrypted from the start.
 */
function dynamicResource({ resource, declaration: { adopt: id, ...declared } }: Imported): object {
  const inputs = { ...declared, __provider: SHELL };
  const outputs = declared.type === "NativeConfidential" ? { ...inputs, clientSecret: NO_SECRET } : inputs;
  return { type: CLIENT_TYPE_TOKEN, name: resource, id, inputs, outputs };
}

const NO_SECRET = { ...SECRET_MARK, plaintext: JSON.stringify("") };
