/** What a Pulumi.yaml says of how its program is run. */
export interface ProjectSettings {
  readonly runtime: string;
  /** The program's folder or first file, if it is not the project's folder. */
  readonly main: string | undefined;
  /** Whether Pulumi compiles TypeScript itself, which it does unless it is told not to. */
  readonly typescript: boolean;
  /** Whether Node.js is started with a loader that finds `x.ts` for an import of `x.js`. */
  readonly loader: boolean;
}

/**
 * The four settings that decide how a program's files find each other. Not a YAML reader: these keys are plain words in every
 * way of writing them that Pulumi's own templates and documents show.
 */
export function readProjectSettings(text: string): ProjectSettings {
  const plain = text.replaceAll("\r", "").replace(/(^|\s)#.*$/gm, "$1");
  const [, section = ""] = /^["']?runtime["']?[ \t]*:([^]*?)(?=^[^\s}]|$(?![^]))/m.exec(plain) ?? [];
  const [, scalar] = /^\s*["']?([\w-]+)["']?\s*$/.exec(section) ?? [];
  const [, named] = /\bname["']?[ \t]*:[ \t]*["']?([\w-]+)/.exec(section) ?? [];
  const [, main] = /^["']?main["']?[ \t]*:[ \t]*(.+)$/m.exec(plain) ?? [];
  const [, nodeArguments = ""] = /\bnodeargs\b([^\n]*)/.exec(section) ?? [];
  return {
    runtime: scalar ?? named ?? "",
    main: main?.trim().replace(/^(["'])(.*)\1$/, "$2"),
    typescript: !/\btypescript["']?[ \t]*:[ \t]*["']?false\b/.test(section),
    loader: /\b(?:tsx|ts-node)\b/.test(nodeArguments),
  };
}
