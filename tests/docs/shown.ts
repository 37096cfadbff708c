/** A command of a document, and what the document shows that it prints. */
interface Shown {
  readonly command: string;
  readonly output: string;
}

/** Every command in the blocks of a document that stands behind a "$ ", with the lines below it. */
export function shownIn(page: string): Shown[] {
  const blocks = [...page.matchAll(/^```\w*\n([^]*?)^```$/gm)].map(([, block = ""]) => block);
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .slice(1)
      .map((text) => {
        const [command = "", ...lines] = text.split("\n");
        return { command: command.replace(/\s+#.*$/, "").trim(), output: lines.join("\n").trimEnd() };
      }),
  );
}

/**
 * The pieces of what a document shows that an output does not have. Documents leave lines out, break long ones, and have the ids and
 * times of their own run; "…" and "[…]" stand for anything. The engine prints what happens at once in any order.
 */
export function missingFrom(output: string, shown: string): string[] {
  return shown
    .split("\n")
    .filter((line) => line.trim() !== "")
    .reduce<string[]>((all, line) => {
      const last = all.at(-1);
      return last === undefined || BEGINS.test(line)
        ? [...all, line]
        : [...all.slice(0, -1), `${last} ${line}`];
    }, [])
    .filter((item) => !pattern(item).test(output));
}

/* Indented lines and what Pulumi begins a message with; anything else goes on with the line above. */
const BEGINS = /^(?:\s|error: |warning: |Resources:|\[…\]$)/;

function pattern(item: string): RegExp {
  const parts = item
    .trim()
    .split(/\[…\]|…/)
    .map((part) =>
      part
        .replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")
        .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "[0-9a-f-]{36}")
        .replace(/-[0-9a-f]{8}\b/g, "-[0-9a-f]{8}")
        .replace(/\b[\d\\.]+(?= ?m?s\b)/g, "[\\d.]+")
        .replace(/(127\\\.0\\\.0\\\.1:)\d+/g, "$1\\d+")
        .replace(/clientId is \w+$/, "clientId is [\\w-]+")
        .replace(/\s+/g, "\\s+"),
    );
  return new RegExp(parts.join("[^]*?"));
}
