import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Comment {
  readonly id: number;
  readonly login: string;
  body: string;
}

/** What a forge keeps of one pull request: GitLab's notes, by its own API, and GitHub's comments for the `gh` below. */
export class Forge {
  readonly comments: Comment[] = [];
  /** Every request, as "METHOD path". */
  readonly calls: string[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(({ status, body }) =>
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)),
      );
    });
  }

  static async start(): Promise<Forge> {
    const forge = new Forge();
    await new Promise<void>((resolve) => forge.#server.listen(0, "127.0.0.1", resolve));
    return forge;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  add(login: string, body: string): Comment {
    const comment = { id: this.comments.length + 100, login, body };
    this.comments.push(comment);
    return comment;
  }

  close(): Promise<unknown> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const { method = "", url = "", headers } = request;
    const [path = ""] = url.split("?");
    this.calls.push(`${method} ${path}`);
    let text = "";
    for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
    if (headers["private-token"] !== "token" && headers.authorization !== "token")
      return { status: 401, body: {} };
    const body = new URLSearchParams(text).get("body") ?? "";
    const [, id] = /\/(?:notes|comments)\/(\d+)$/.exec(path) ?? [];
    const comment = this.comments.find((each) => String(each.id) === id);
    if (method === "GET") return { status: 200, body: this.comments.map(shown) };
    if (method === "POST" && id === undefined) return { status: 201, body: shown(this.add(BOT, body)) };
    if (comment === undefined || !["PUT", "PATCH"].includes(method)) return { status: 404, body: {} };
    comment.body = body;
    return { status: 200, body: shown(comment) };
  }
}

export const BOT = "github-actions[bot]";

const shown = ({ id, login, body }: Comment): object => ({ id, user: { login }, body });

/** A stand-in for GitHub's command, as far as the pipelines use it; `--jq` is done by jq itself. */
export const GH = `#!/usr/bin/env node
const { execFileSync } = require("node:child_process");
const { readFileSync } = require("node:fs");
const args = process.argv.slice(2);
const option = (name) => args[args.indexOf(name) + 1];
const ask = async (method, path, file) => {
  const body = file === undefined ? undefined : new URLSearchParams({ body: readFileSync(file, "utf8") });
  const answer = await fetch(process.env.FORGE + "/" + path, { method, body, headers: { authorization: process.env.GH_TOKEN } });
  if (!answer.ok) throw new Error("HTTP " + answer.status);
  return answer.text();
};
(async () => {
  const path = args.find((arg) => arg.startsWith("repos/"));
  if (args[0] === "pr" && args[1] === "comment")
    await ask("POST", "repos/acme/infra/issues/" + args[2] + "/comments", option("--body-file"));
  else if (args.includes("PATCH")) await ask("PATCH", path, option("--field").replace(/^body=@/, ""));
  else process.stdout.write(execFileSync("jq", ["-r", option("--jq")], { input: await ask("GET", path), encoding: "utf8" }));
})().catch((error) => { console.error(error.message); process.exitCode = 1; });
`;
