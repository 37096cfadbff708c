import * as z from "zod";
import { COMMON_OPTIONS, defineCommand, type Command, type Option } from "./command";
import { EXIT } from "./terminal/ending";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

/** What a script has to know of a command. */
interface Completed {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly NamedOption[];
}

type NamedOption = Option & { readonly name: string };

/** `thinkgeo completion`: from the same declarations as the help. */
export const completion = (
  commands: () => Readonly<Record<string, Pick<Command, "summary" | "options">>>,
): Command =>
  defineCommand({
    summary: "print a script that completes commands in a shell",
    usage: "completion bash|zsh|fish",
    about:
      "Prints a script with which a shell completes thinkgeo's commands, their options and the values of these.",
    options: {},
    positionals: z
      .array(z.enum(SHELLS, { error: `knows ${SHELLS.join(", ")}` }))
      .length(1, `say which shell: ${SHELLS.join(", ")}`),
    examples: [
      'eval "$(npx --no-install thinkgeo completion bash)"',
      "thinkgeo completion fish > ~/.config/fish/completions/thinkgeo.fish",
    ],
    exitCodes: "0, or 2 for a wrong command line",
    run: (_, terminal, [shell = "bash"]) => {
      const all = Object.entries(commands()).map(([name, { summary, options }]) => ({
        name,
        summary,
        options: Object.entries({ ...options, ...COMMON_OPTIONS }).map(([option, declared]) => ({
          ...declared,
          name: option,
        })),
      }));
      terminal.write(SCRIPTS[shell](all));
      return Promise.resolve(EXIT.ok);
    },
  });

const SCRIPTS: Readonly<Record<Shell, (commands: readonly Completed[]) => string>> = { bash, zsh, fish };

const namesOf = ({ name, short }: NamedOption): string[] => [
  `--${name}`,
  ...(short === undefined ? [] : [`-${short}`]),
];

/** Without a match, bash completes names of files (`-o default`). */
function bash(commands: readonly Completed[]): string {
  const choices = commands.flatMap(({ name, options: all }) =>
    all.flatMap((option) => {
      if (option.value === undefined) return [];
      const words = option.words === undefined ? "return" : `words="${option.words.join(" ")}"`;
      return [
        `    ${namesOf(option)
          .map((text) => `"${name} ${text}"`)
          .join(" | ")}) ${words} ;;`,
      ];
    }),
  );
  const lists = commands.map(
    ({ name, options: all }) => `    ${name}) options="${all.flatMap(namesOf).join(" ")}" ;;`,
  );
  return [
    "_thinkgeo() {",
    '  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" words="" options=""',
    "  COMPREPLY=()",
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    COMPREPLY=($(compgen -W "${[...commands.map(({ name }) => name), "help", "--help", "--version"].join(" ")}" -- "$current"))`,
    "    return",
    "  fi",
    '  case "${COMP_WORDS[1]} $previous" in',
    ...choices,
    "  esac",
    '  case "${COMP_WORDS[1]}" in',
    ...lists,
    `    help) words="${commands.map(({ name }) => name).join(" ")}" ;;`,
    "  esac",
    '  [ -z "$words" ] && [ "${current#-}" != "$current" ] && words="$options"',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    "}",
    "complete -o default -F _thinkgeo thinkgeo",
    "",
  ].join("\n");
}

const inQuotes = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function zsh(commands: readonly Completed[]): string {
  const plain = (text: string): string => text.replace(/[[\]:]/g, "\\$&");
  const value = ({ value: what, words }: Option): string => {
    if (what === undefined) return "";
    if (words !== undefined) return `:${what}:(${words.join(" ")})`;
    if (what === "DIR") return ":folder:_files -/";
    return what === "FILE" ? ":file:_files" : `:${plain(what)}: `;
  };
  const specs = (option: NamedOption): string[] =>
    namesOf(option).map((text) =>
      inQuotes(`${option.repeated === true ? "*" : ""}${text}[${plain(option.text)}]${value(option)}`),
    );
  return [
    "#compdef thinkgeo",
    "_thinkgeo() {",
    "  local -a verbs",
    `  verbs=(${commands.map(({ name, summary }) => inQuotes(`${name}:${summary}`)).join(" ")})`,
    "  if (( CURRENT == 2 )); then _describe command verbs; return; fi",
    "  case $words[2] in",
    ...commands.map(
      ({ name, options: all }) =>
        `    ${name}) shift words; (( CURRENT-- )); _arguments ${all.flatMap(specs).join(" ")} '*:file:_files' ;;`,
    ),
    "    help) _describe command verbs ;;",
    "  esac",
    "}",
    // In a file of fpath, the script is the body of the function; evaluated, it must be bound to the command.
    'if [ "$funcstack[1]" = "_thinkgeo" ]; then _thinkgeo "$@"; else compdef _thinkgeo thinkgeo; fi',
    "",
  ].join("\n");
}

function fish(commands: readonly Completed[]): string {
  const line = (when: string, rest: string): string => `complete -c thinkgeo -n ${inQuotes(when)} ${rest}`;
  const fishOption = ({ name, short, value, words, text }: NamedOption): string => {
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
    ...commands.map(({ name, summary }) =>
      line("__fish_use_subcommand", `-f -a ${name} -d ${inQuotes(summary)}`),
    ),
    ...commands.flatMap(({ name, options: all }) =>
      all.map((option) => line(`__fish_seen_subcommand_from ${name}`, fishOption(option))),
    ),
    "",
  ].join("\n");
}
