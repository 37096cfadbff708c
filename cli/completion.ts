import * as z from "zod";
import { EXIT } from "./terminal/ending";
import { OPTIONS_OF_ALL, readOptions, type Help, type Option, type Verb } from "./verb";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

/** What a shell has to know of a verb. */
interface Completed {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly Option[];
}

const help: Help = {
  usage: "completion bash|zsh|fish",
  about:
    "Prints a script that lets a shell complete thinkgeo's commands, options and their words. docs/cli.md says where to put it.",
  options: [],
  examples: [
    'eval "$(npx --no-install thinkgeo completion bash)"',
    "thinkgeo completion fish > ~/.config/fish/completions/thinkgeo.fish",
  ],
  exitCodes: "0, or 2 for a wrong command line",
};

const options = z.object({
  positionals: z
    .array(z.enum(SHELLS, { error: `knows ${SHELLS.join(", ")}` }))
    .length(1, `say which shell: ${SHELLS.join(", ")}`),
});

/** `thinkgeo completion`: from the same declarations as the help. */
export const completionOf = (
  verbs: () => Readonly<Record<string, Pick<Verb, "summary" | "help">>>,
): Verb => ({
  summary: "print a script that completes commands and options in a shell",
  help,
  run: (args, terminal) => {
    const {
      positionals: [shell = "bash"],
    } = readOptions(args, help.options, options);
    const all = Object.entries(verbs()).map(([name, verb]) => ({
      name,
      summary: verb.summary,
      options: [...verb.help.options, ...OPTIONS_OF_ALL],
    }));
    terminal.write(SCRIPTS[shell](all));
    return Promise.resolve(EXIT.fine);
  },
});

const SCRIPTS: Readonly<Record<Shell, (verbs: readonly Completed[]) => string>> = { bash, zsh, fish };

const spellings = ({ name, short }: Option): string[] => [
  `--${name}`,
  ...(short === undefined ? [] : [`-${short}`]),
];

/** Where nothing of ours fits, bash completes names of files by itself (`-o default`). */
function bash(verbs: readonly Completed[]): string {
  const choices = verbs.flatMap(({ name, options: all }) =>
    all.flatMap((option) => {
      if (option.value === undefined) return [];
      const words = option.words === undefined ? "return" : `words="${option.words.join(" ")}"`;
      return [
        `    ${spellings(option)
          .map((text) => `"${name} ${text}"`)
          .join(" | ")}) ${words} ;;`,
      ];
    }),
  );
  const lists = verbs.map(
    ({ name, options: all }) => `    ${name}) options="${all.flatMap(spellings).join(" ")}" ;;`,
  );
  return [
    "_thinkgeo() {",
    '  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" words="" options=""',
    "  COMPREPLY=()",
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    COMPREPLY=($(compgen -W "${[...verbs.map(({ name }) => name), "help", "--help", "--version"].join(" ")}" -- "$current"))`,
    "    return",
    "  fi",
    '  case "${COMP_WORDS[1]} $previous" in',
    ...choices,
    "  esac",
    '  case "${COMP_WORDS[1]}" in',
    ...lists,
    `    help) words="${verbs.map(({ name }) => name).join(" ")}" ;;`,
    "  esac",
    '  [ -z "$words" ] && [ "${current#-}" != "$current" ] && words="$options"',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    "}",
    "complete -o default -F _thinkgeo thinkgeo",
    "",
  ].join("\n");
}

const inQuotes = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function zsh(verbs: readonly Completed[]): string {
  const plain = (text: string): string => text.replace(/[[\]:]/g, "\\$&");
  const value = ({ value: what, words }: Option): string => {
    if (what === undefined) return "";
    if (words !== undefined) return `:${what}:(${words.join(" ")})`;
    if (what === "DIR") return ":folder:_files -/";
    return what === "FILE" ? ":file:_files" : `:${plain(what)}: `;
  };
  const specs = (option: Option): string[] =>
    spellings(option).map((text) =>
      inQuotes(`${option.repeated === true ? "*" : ""}${text}[${plain(option.text)}]${value(option)}`),
    );
  return [
    "#compdef thinkgeo",
    "_thinkgeo() {",
    "  local -a verbs",
    `  verbs=(${verbs.map(({ name, summary }) => inQuotes(`${name}:${summary}`)).join(" ")})`,
    "  if (( CURRENT == 2 )); then _describe command verbs; return; fi",
    "  case $words[2] in",
    ...verbs.map(
      ({ name, options: all }) =>
        `    ${name}) shift words; (( CURRENT-- )); _arguments ${all.flatMap(specs).join(" ")} '*:file:_files' ;;`,
    ),
    "    help) _describe command verbs ;;",
    "  esac",
    "}",
    // As a file of fpath, the script is the function's body; evaluated, it has to be tied to the command.
    'if [ "$funcstack[1]" = "_thinkgeo" ]; then _thinkgeo "$@"; else compdef _thinkgeo thinkgeo; fi',
    "",
  ].join("\n");
}

function fish(verbs: readonly Completed[]): string {
  const line = (when: string, rest: string): string => `complete -c thinkgeo -n ${inQuotes(when)} ${rest}`;
  const fishOption = ({ name, short, value, words, text }: Option): string => {
    const letter = short === undefined ? "" : `-s ${short} `;
    const takes =
      value === undefined
        ? "-f "
        : words !== undefined
          ? `-x -a ${inQuotes(words.join(" "))} `
          : value === "FILE" || value === "DIR"
            ? "-r -F "
            : "-x ";
    return `${letter}-l ${name} ${takes}-d ${inQuotes(text)}`;
  };
  return [
    ...verbs.map(({ name, summary }) =>
      line("__fish_use_subcommand", `-f -a ${name} -d ${inQuotes(summary)}`),
    ),
    ...verbs.flatMap(({ name, options: all }) =>
      all.map((option) => line(`__fish_seen_subcommand_from ${name}`, fishOption(option))),
    ),
    "",
  ].join("\n");
}
