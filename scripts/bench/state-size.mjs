/** @param {unknown} value */
const bytes = (value) => Buffer.byteLength(JSON.stringify(value));

/**
 * What one client takes in state, as compact JSON, and whose that is.
 *
 * @param {{ deployment: { resources?: { type: string, inputs: Record<string, unknown>, outputs: Record<string, unknown> }[] } }} exported
 * @param {string} type
 */
export function stateSize({ deployment }, type) {
  const resource = (deployment.resources ?? []).filter((candidate) => candidate.type === type).at(-1);
  if (resource === undefined) return undefined;
  const { inputs, outputs } = resource;
  const properties = bytes(inputs) + bytes(outputs);
  return {
    __provider: Buffer.byteLength(String(inputs["__provider"])),
    "inputs and outputs": properties,
    "added by the engine": bytes(resource) - properties,
  };
}
