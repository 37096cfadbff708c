/** One client that a stack manages, as its state has it. Secrets in it are encrypted, or absent. */
export interface ManagedClient {
  readonly urn: string;
  /** The resource's name in the program. */
  readonly resource: string;
  readonly id: string;
  /** Where the program declares it, as `project:///index.ts#12,5`, where Pulumi knows. */
  readonly sourcePosition: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}
